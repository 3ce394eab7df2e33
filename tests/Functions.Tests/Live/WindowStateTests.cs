using System.Text.Json;
using Isobar.Live;
using static Isobar.Functions.Tests.Live.Records;

namespace Isobar.Functions.Tests.Live;

public sealed class WindowStateTests
{
    private const int MaxStateBytes = 1_048_576;

    [Fact]
    public void A_state_comes_back_as_it_went()
    {
        var window = new WindowState();
        window.Add(Reading(-5, second: 2), "17");
        window.Add(Reading(7, second: 1), "18");
        window.Add(Reading(7, element: "AWND", station: "XIW0000000-"), "19");
        var state = window.ToDictionary();
        Assert.Equal(state, WindowState.Read(state).ToDictionary());
        Assert.Equal("17", WindowState.Read(state).First);
    }

    [Fact]
    public void The_order_and_the_number_of_times_that_readings_come_do_not_matter()
    {
        var readings = new[] { Reading(1), Reading(2, second: 1), Reading(3, second: 1), Reading(4, second: 2) };
        var (one, other) = (new WindowState(), new WindowState());
        foreach (var reading in readings) one.Add(reading, "1");
        foreach (var reading in readings.Reverse().Concat(readings)) other.Add(reading, "1");
        Assert.Equal(one.ToDictionary(), other.ToDictionary());
        Assert.Equal(new ElementSum("TOBS", 3, 8), one.Sums().Single().Elements.Single());
    }

    /// <summary>Lambda ends a window early only after an answer whose state is too large: it must get there.</summary>
    [Fact]
    public void Thirty_thousand_readings_fit_into_the_megabyte_that_Lambda_keeps()
    {
        var window = new WindowState();
        for (var i = 0; i < 30_000; i++)
            window.Add(Reading(-999_999_000 - i % 1_000, i / 1_000, $"XIW{i % 1_000:D8}"), $"{i}");
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(window.ToDictionary()).Length, 1, MaxStateBytes);
    }
}
