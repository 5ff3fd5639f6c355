namespace SocketTools.Tests;

public sealed class ProbeWindowTests
{
    [Fact]
    public void Answers_make_it_grow_to_its_ceiling()
    {
        var window = new ProbeWindow(2000);
        var first = window.Size;

        Learn(window, answers: 100_000, tries: 1);

        Assert.True(first < window.Size);
        Assert.Equal(2000, window.Size);
    }

    [Fact]
    public void Silence_makes_it_grow_and_more_slowly_after_the_first_answer()
    {
        var (before, after) = (new ProbeWindow(2000), new ProbeWindow(2000));
        after.Learn(1);
        for (var i = 0; i < 100; i++)
        {
            before.LearnSilence();
            after.LearnSilence();
        }

        Assert.True(after.Size > new ProbeWindow(2000).Size);
        Assert.True(before.Size > after.Size);
    }

    [Fact]
    public void Silence_says_nothing_while_much_is_lost()
    {
        var window = new ProbeWindow(2000);
        Learn(window, answers: 10_000, tries: 3);
        var afterLoss = window.Size;
        window.LearnSilence();
        Assert.Equal(afterLoss, window.Size);

        Learn(window, answers: 10_000, tries: 1);
        var cleared = window.Size;
        window.RunShort(cleared / 2);
        window.LearnSilence();
        Assert.Equal((cleared / 2) + 1, window.Size);
    }

    [Fact]
    public void Much_loss_makes_it_shrink_and_a_little_does_not()
    {
        var much = new ProbeWindow(2000);
        Learn(much, answers: 10_000, tries: 2);
        var little = new ProbeWindow(2000);
        for (var i = 0; i < 10_000; i++)
            little.Learn(i % 10 == 0 ? 2 : 1);

        Assert.InRange(much.Size, 1, 100);
        Assert.Equal(2000, little.Size);
    }

    [Fact]
    public void A_shortage_shrinks_it_to_what_could_be_sent_and_it_recovers()
    {
        var window = new ProbeWindow(2000);
        var first = window.Size;
        window.RunShort(0);
        Assert.Equal(1, window.Size);

        for (var i = 0; i < 100; i++)
            window.Recover();

        Assert.Equal(first, window.Size);
    }

    [Fact]
    public void It_never_exceeds_a_low_ceiling()
    {
        var window = new ProbeWindow(3);
        Learn(window, answers: 1000, tries: 1);
        Learn(window, answers: 1000, tries: 3);

        Assert.InRange(window.Size, 1, 3);
    }

    private static void Learn(ProbeWindow window, int answers, int tries)
    {
        for (var i = 0; i < answers; i++)
            window.Learn(tries);
    }
}
