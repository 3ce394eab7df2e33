namespace Isobar.Samples;

/// <summary>One value of a day, as it will stand in a row.</summary>
public readonly record struct DayValue(string Element, int Value);

/// <summary>Makes the days of a station, one after the other: warm spells last, snow lies and melts.</summary>
public sealed class Weather(Climate climate, Dice dice)
{
    private int spell;
    private int snowDepth;

    /// <summary>The readings of the next day, ordered as the archive orders them.</summary>
    /// <param name="readings">Cleared and filled.</param>
    public void Next(DateOnly date, List<DayValue> readings)
    {
        readings.Clear();
        spell = spell * 7 / 10 + dice.Around(45);
        var tmax = climate.UsualTmax(date) + spell;
        var tmin = tmax - Math.Max(5, climate.DailyRange + dice.Around(climate.DailyRange / 2));
        var falls = dice.PerMille(climate.RainPerMille[date.Month - 1]);
        var amount = falls ? 1 + dice.Below(climate.RainTenths) + dice.Below(climate.RainTenths) : 0;

        // Snow is ten times as deep as its water, and shrinks with each degree above zero.
        var snow = falls && tmax + tmin < 10 ? amount : 0;
        snowDepth = Math.Max(0, snowDepth * 9 / 10 + snow - Math.Max(0, tmax) / 4);

        readings.Add(new("TMAX", tmax));
        readings.Add(new("TMIN", tmin));
        readings.Add(new("PRCP", amount));
        readings.Add(new("SNOW", snow));
        readings.Add(new("SNWD", snowDepth));
        if (dice.PerMille(300)) readings.Add(new("AWND", 20 + dice.Below(70)));
        if (dice.PerMille(150)) readings.Add(new("TOBS", (tmax + tmin) / 2));
        if (amount > climate.RainTenths && dice.PerMille(200)) readings.Add(new("WT03", 1));
    }
}
