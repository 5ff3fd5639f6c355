using System;

namespace SocketTools;

/// <summary>How many probes may be under way: more while answers come, fewer when many get lost or this side runs short.
/// Its caller sees to it that one thread at a time uses it.</summary>
internal sealed class ProbeWindow
{
    private const int First = 512;
    private const int Least = 16;
    private const double MuchLoss = 0.25;
    private const int ShortestEpoch = 100;
    private const int StepBeforeAnswers = 3;
    private const int StepOfSilence = 1;

    private readonly int _ceiling;
    private int _answers;
    private int _losses;
    private bool _isLossy;

    public ProbeWindow(int ceiling)
    {
        _ceiling = ceiling;
        Size = Math.Min(First, ceiling);
    }

    /// <summary>The most probes that may be under way now.</summary>
    public int Size { get; private set; }

    /// <summary>Whether anything has answered yet.</summary>
    public bool HasAnswers { get; private set; }

    /// <summary>Learns from a probe that nothing answered. It says little of how much the way can carry: most silence is a firewall's.
    /// Before the first answer, which may be behind many silent ports, and while answers come without much loss, more may go.</summary>
    public void LearnSilence()
    {
        if (!_isLossy)
            Size = Math.Min(_ceiling, Size + (HasAnswers ? StepOfSilence : StepBeforeAnswers));
    }

    /// <summary>Learns from an answer that took so many connects.</summary>
    public void Learn(int tries)
    {
        HasAnswers = true;
        _answers++;
        _losses += tries - 1;
        _isLossy = _losses > MuchLoss * (_answers + _losses);
        if (_answers + _losses < Math.Max(ShortestEpoch, Size))
            return;
        Size = _isLossy
            ? Math.Max(Math.Min(Least, _ceiling), Size * 2 / 3)
            : Math.Min(_ceiling, Size * 2);
        _answers = _losses = 0;
    }

    /// <summary>Shrinks to what could be sent when this side ran short.</summary>
    public void RunShort(int underWay) => Size = Math.Max(1, Math.Min(Size, underWay));

    /// <summary>Grows back a step after a shortage: what was short may be free again.</summary>
    public void Recover()
    {
        if (Size < Math.Min(First, _ceiling))
            Size = Math.Min(Math.Min(First, _ceiling), Size + Math.Max(1, Size / 4));
    }
}
