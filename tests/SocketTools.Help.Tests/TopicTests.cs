using System.Linq;

namespace SocketTools.Help.Tests;

public sealed class TopicTests
{
    [Fact]
    public void A_topic_is_text_in_eighty_columns()
    {
        var topic = PlainText.Topic(TestPage.Parse(
            """
            # about_Things

            ## SHORT DESCRIPTION

            What things are.

            ## LONG DESCRIPTION

            A paragraph that is so long that it does not fit into one line of a console, and [linked](https://example.org/).

            ### Kinds

            1. The first kind, which also goes on for quite a while until its line has to be broken somewhere.
            2. The second.

            ```powershell
            if ($true) {
                'indented'
            }
            ```

            """,
            "about_Things"));
        Assert.Equal(
            """
            TOPIC
                about_Things

            SHORT DESCRIPTION
                What things are.

            LONG DESCRIPTION
                A paragraph that is so long that it does not fit into one line of a console,
                and linked (https://example.org/).

              Kinds
                1. The first kind, which also goes on for quite a while until its line has
                   to be broken somewhere.
                2. The second.

                    if ($true) {
                        'indented'
                    }

            """.ReplaceLineEndings("\n"),
            topic);
    }

    [Fact]
    public void A_table_is_its_rows_with_the_heads_of_the_columns()
    {
        var topic = PlainText.Topic(TestPage.Parse(
            """
            # about_Things

            ## SHORT DESCRIPTION

            What things are.

            ## LONG DESCRIPTION

            | There | Here | Field |
            |---|---|---|
            | `one two` | `Get-Thing one` | `Name` |
            | three | a cell that says so much about the thing that it does not fit into one line | |

            """,
            "about_Things"));
        Assert.EndsWith(
            """
            LONG DESCRIPTION
                one two
                    Here: Get-Thing one
                    Field: Name
                three
                    Here: a cell that says so much about the thing that it does not fit into
                    one line

            """.ReplaceLineEndings("\n"),
            topic,
            System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("## LONG DESCRIPTION\n\nText.\n")]
    [InlineData("Text.\n\n## SHORT DESCRIPTION\n\nText.\n")]
    [InlineData("## SHORT DESCRIPTION\n\nA synopsis that is far too long to be shown in one line of the list of topics that Get-Help shows.\n")]
    public void A_topic_starts_with_a_synopsis_of_one_line(string text)
    {
        var page = TestPage.Parse("# about_Things\n\n" + text, "about_Things");
        Assert.Equal(1, Assert.Throws<PageException>(() => PlainText.Topic(page)).Line);
    }

    [Fact]
    public void Get_Help_takes_the_fifth_line_for_the_synopsis()
    {
        var topic = PlainText.Topic(TestPage.Parse("# about_Things\n\n## SHORT DESCRIPTION\n\nWhat things are.\n", "about_Things"));
        Assert.Equal("What things are.", topic.Split('\n').ElementAt(4).Trim());
    }
}
