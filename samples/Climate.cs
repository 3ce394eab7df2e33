namespace Isobar.Samples;

/// <summary>An invented station and what its weather is usually like.</summary>
/// <param name="Station">The id. GHCN's country codes have no XI.</param>
/// <param name="MeanTmax">Usual highest temperature in the middle of each month, 0.1 °C.</param>
/// <param name="DailyRange">Usual distance between the day's highest and lowest temperature, 0.1 °C.</param>
/// <param name="RainPerMille">Days with rain or snow in a thousand, each month.</param>
/// <param name="RainTenths">Usual amount on such a day, 0.1 mm.</param>
public sealed record Climate(string Station, int[] MeanTmax, int DailyRange, int[] RainPerMille, int RainTenths)
{
    /// <summary>Mild and wet all year.</summary>
    public static readonly Climate Harbour = new(
        "XIW00000001", [62, 66, 88, 118, 152, 181, 203, 200, 172, 134, 95, 70], 62,
        [560, 480, 470, 430, 410, 380, 370, 390, 430, 520, 570, 580], 52);

    /// <summary>Snow from November to April.</summary>
    public static readonly Climate Pass = new(
        "XIW00000002", [-48, -40, -8, 28, 82, 121, 148, 146, 104, 58, 2, -38], 84,
        [480, 470, 500, 520, 540, 510, 470, 460, 420, 400, 460, 490], 71);

    /// <summary>Dry, with great differences between day and night.</summary>
    public static readonly Climate Basin = new(
        "XIW00000003", [78, 112, 158, 203, 257, 312, 349, 336, 287, 216, 136, 80], 158,
        [160, 150, 160, 140, 110, 60, 50, 70, 80, 100, 130, 170], 31);

    /// <summary>A rainy season from June to October.</summary>
    public static readonly Climate Delta = new(
        "XIW00000004", [271, 291, 321, 338, 336, 322, 312, 311, 313, 314, 302, 279], 88,
        [40, 50, 70, 120, 290, 610, 720, 710, 620, 360, 110, 50], 148);

    /// <summary>Cold, windy and treeless.</summary>
    public static readonly Climate Cape = new(
        "XIW00000005", [-12, -16, -9, 16, 55, 92, 118, 114, 84, 47, 16, -3], 48,
        [520, 490, 480, 420, 380, 360, 390, 430, 490, 530, 540, 530], 33);

    /// <summary>A city with a long record.</summary>
    public static readonly Climate Observatory = new(
        "XIW00000009", [38, 52, 101, 168, 223, 268, 292, 284, 244, 181, 118, 61], 92,
        [350, 340, 360, 360, 370, 350, 330, 310, 280, 280, 310, 340], 66);

    /// <summary>A day's usual highest temperature: a line from the middle of one month to the next.</summary>
    public int UsualTmax(DateOnly date)
    {
        var (from, to, days) = date.Day >= 15
            ? (date.Month - 1, date.Month % 12, date.Day - 15)
            : ((date.Month + 10) % 12, date.Month - 1, date.Day + 15);
        return MeanTmax[from] + (MeanTmax[to] - MeanTmax[from]) * days / 30;
    }
}
