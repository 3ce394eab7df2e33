namespace Isobar.Samples;

/// <summary>The small files; the same on every machine, every time.</summary>
public static class SampleSet
{
    /// <summary>All of them, in the order of expected.json.</summary>
    public static IReadOnlyList<SampleFile> All =>
        [Harbour(), Pass(), Basin(), Delta(), Cape(Storage.BrokenGzip), Cape(Storage.Gzip)];

    /// <summary>An orderly file, with what even those have: values missing and values that failed a check.</summary>
    private static SampleFile Harbour()
    {
        var file = new SampleWriter("XIW00000001.csv", Storage.Plain, "\n");
        file.NoRow(Rows.Header);
        Days(file, Climate.Harbour, new DateOnly(2021, 1, 1), 730, seed: 1);
        return file.ToFile();
    }

    /// <summary>From a Windows machine: byte order mark and CRLF; and every kind of malformed row.</summary>
    private static SampleFile Pass()
    {
        var file = new SampleWriter("XIW00000002.csv", Storage.Plain, "\r\n");
        file.ByteOrderMark();
        file.NoRow(Rows.Header);
        Days(file, Climate.Pass, new DateOnly(2022, 1, 1), 181, seed: 2);
        foreach (var (row, reason) in Defects.Of(Climate.Pass.Station)) file.Malformed(row, reason);
        file.NoRow("");
        Days(file, Climate.Pass, new DateOnly(2022, 7, 1), 184, seed: 22);
        return file.ToFile();
    }

    /// <summary>Two files pasted together: a header in the middle, an over-long row, no final LF.</summary>
    private static SampleFile Basin()
    {
        var station = Climate.Basin.Station;
        var file = new SampleWriter("XIW00000003.csv", Storage.Plain, "\n");
        Days(file, Climate.Basin, new DateOnly(2022, 1, 1), 200, seed: 3);
        file.NoRow("");
        file.Malformed(Rows.Header, "row:header");
        Days(file, Climate.Basin, new DateOnly(2022, 7, 20), 100, seed: 33);
        file.Malformed($"{station},20221028,TMAX,{new string('9', 6000)}", "row:length");
        file.Malformed(Defects.NotUtf8(station), "m_flag:length");
        Days(file, Climate.Basin, new DateOnly(2022, 10, 28), 65, seed: 333);
        file.DropLastLineEnd();
        return file.ToFile();
    }

    private static SampleFile Delta()
    {
        var file = new SampleWriter("XIW00000004.csv.gz", Storage.Gzip, "\n");
        file.NoRow(Rows.Header);
        Days(file, Climate.Delta, new DateOnly(2021, 1, 1), 730, seed: 4);
        return file.ToFile();
    }

    /// <summary>The same year twice: damaged on the way, and as it arrived when it was sent again.</summary>
    private static SampleFile Cape(Storage storage)
    {
        var name = storage == Storage.BrokenGzip ? "XIW00000005.broken.csv.gz" : "XIW00000005.csv.gz";
        var file = new SampleWriter(name, storage, "\n");
        file.NoRow(Rows.Header);
        Days(file, Climate.Cape, new DateOnly(2022, 1, 1), 365, seed: 5);
        return file.ToFile();
    }

    private static void Days(SampleWriter file, Climate climate, DateOnly first, int days, ulong seed)
    {
        var dice = new Dice(seed);
        var weather = new Weather(climate, dice);
        var readings = new List<DayValue>();
        for (var day = 0; day < days; day++)
        {
            weather.Next(first.AddDays(day), readings);
            foreach (var reading in readings) Plant(file, climate.Station, first.AddDays(day), reading, dice);
        }
    }

    private static void Plant(SampleWriter file, string station, DateOnly date, DayValue reading, Dice dice)
    {
        var (element, value) = reading;
        var time = element == "TOBS" ? "0700" : element == "PRCP" ? "2400" : "";
        var measurement = element == "PRCP" && value == 0 && dice.PerMille(50) ? "T" : "";
        if (dice.PerMille(8))
        {
            file.Missing(Rows.Of(station, date, element, Rows.Missing, time: time));
        }
        else if (dice.PerMille(10))
        {
            var flag = Rows.QualityFlags[dice.Below(Rows.QualityFlags.Length)];
            file.Flagged(Rows.Of(station, date, element, value + 600, quality: flag.ToString(), time: time), flag);
        }
        else
        {
            file.Accepted(Rows.Of(station, date, element, value, measurement, time: time));
        }
    }
}
