using System.Globalization;

namespace Isobar.Samples;

/// <summary>The layout of a row.</summary>
internal static class Rows
{
    public const string Header = "ID,DATE,ELEMENT,DATA_VALUE,M_FLAG,Q_FLAG,S_FLAG,OBS_TIME";

    // What GHCN-Daily writes for "missing".
    public const int Missing = -9999;

    // Some of the quality flags of GHCN-Daily: gap, internal consistency, spatial consistency, bounds.
    public const string QualityFlags = "GISX";

    public static string Of(
        string station, DateOnly date, string element, int value, string measurement = "", string quality = "",
        string source = "W", string time = "") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{station},{date:yyyyMMdd},{element},{value},{measurement},{quality},{source},{time}");
}
