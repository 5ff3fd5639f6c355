using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace SocketTools.Runner;

/// <summary>The activities under way, and their bars in the look of PowerShell's minimal view.</summary>
internal sealed class ProgressBars
{
    private readonly List<(long Source, ProgressRecord Record)> _activities = [];

    internal bool IsEmpty => _activities.Count == 0;

    internal void Clear() => _activities.Clear();

    internal void Update(long source, ProgressRecord record)
    {
        var index = _activities.FindIndex(known => IsActivity(known, source, record.ActivityId));
        if (record.RecordType == ProgressRecordType.Completed)
            Remove(source, record.ActivityId);
        else if (index >= 0)
            _activities[index] = (source, record);
        else
            _activities.Insert(PlaceBelowParent(source, record), (source, record));
    }

    internal IReadOnlyList<string> Render(int width, int maximumLines) =>
        [.. _activities.Take(maximumLines).Select(activity => Render(activity.Record, Depth(activity), width))];

    private static bool IsActivity((long Source, ProgressRecord Record) known, long source, int id) =>
        known.Source == source && known.Record.ActivityId == id;

    private void Remove(long source, int id)
    {
        _activities.RemoveAll(known => IsActivity(known, source, id));
        foreach (var child in _activities.Where(known => IsChild(known, source, id)).ToList())
            Remove(source, child.Record.ActivityId);
    }

    private static bool IsChild((long Source, ProgressRecord Record) known, long source, int id) =>
        known.Source == source && known.Record.ParentActivityId == id;

    private int PlaceBelowParent(long source, ProgressRecord record)
    {
        var last = _activities.FindLastIndex(known =>
            IsActivity(known, source, record.ParentActivityId) || IsChild(known, source, record.ParentActivityId));
        return record.ParentActivityId < 0 || last < 0 ? _activities.Count : last + 1;
    }

    private int Depth((long Source, ProgressRecord Record) activity)
    {
        var depth = 0;
        var parent = activity.Record.ParentActivityId;
        while (depth < _activities.Count
            && _activities.Find(known => IsActivity(known, activity.Source, parent)) is { Record: { } record })
        {
            depth++;
            parent = record.ParentActivityId;
        }
        return depth;
    }

    private static string Render(ProgressRecord record, int depth, int width)
    {
        var style = PSStyle.Instance;
        if (style.Progress.MaxWidth > 0)
            width = int.Min(width, style.Progress.MaxWidth);
        var indent = new string(' ', int.Min(2 * depth, width / 4));
        var activity = Cells.Fit(record.Activity, int.Min(Cells.Width(record.Activity), width / 2));
        var barWidth = int.Max(4, width - indent.Length - Cells.Width(activity) - " []".Length);
        var seconds = record.SecondsRemaining >= 0 ? $" {record.SecondsRemaining}s" : string.Empty;
        var bar = Cells.Fit(record.StatusDescription, int.Max(0, barWidth - seconds.Length)) + seconds;
        var done = DonePart(bar, record.PercentComplete, barWidth);
        var colour = Terminal.HasColours ? style.Progress.Style : string.Empty;
        return $"{indent}{colour}{activity} [{style.Reverse}{bar[..done]}{style.ReverseOff}{bar[done..]}]{style.Reset}";
    }

    private static int DonePart(string bar, int percent, int barWidth)
    {
        var cells = percent < 0 ? barWidth : barWidth * int.Min(percent, 100) / 100;
        var characters = 0;
        for (var used = 0; characters < bar.Length && used < cells; characters++)
            used += Cells.Width(bar[characters]);
        return characters;
    }
}
