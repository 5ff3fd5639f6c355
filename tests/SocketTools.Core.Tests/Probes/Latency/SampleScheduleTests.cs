using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace SocketTools.Tests;

public sealed class SampleScheduleTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Samples_are_due_an_interval_apart_however_late_each_is_taken()
    {
        var schedule = new SampleSchedule(new LatencyOptions { Count = 4, Interval = Interval }, Ticks(0));

        Assert.Equal([0, 100, 200, 300], Take(schedule, 0, 150, 290, 301));
        Assert.Equal(4, schedule.Taken);
    }

    [Fact]
    public void What_was_missed_is_not_made_up_for_in_a_burst()
    {
        var schedule = new SampleSchedule(new LatencyOptions { Count = 5, Interval = Interval }, Ticks(0));

        Assert.Equal([0, 5000, 5100, 5200, 5300], Take(schedule, 0, 5000, 5001, 5150, 5290, 5400));
    }

    [Fact]
    public void A_duration_ends_with_the_last_sample_that_is_due_in_it()
    {
        var options = new LatencyOptions { Count = null, Duration = TimeSpan.FromMilliseconds(250), Interval = Interval };

        Assert.Equal([0, 100, 200], Take(new SampleSchedule(options, Ticks(0)), 0, 0, 0, 0));
        Assert.Equal([0], Take(new SampleSchedule(options, Ticks(0)), 0, 400));
    }

    private static List<double> Take(SampleSchedule schedule, params int[] milliseconds)
    {
        var due = new List<double>();
        foreach (var now in milliseconds)
        {
            if (!schedule.TryTake(Ticks(now), out var at))
                break;
            due.Add(at * 1000.0 / Stopwatch.Frequency);
        }
        return due;
    }

    private static long Ticks(int milliseconds) => Stopwatch.Frequency * milliseconds / 1000;
}
