using System.Collections.Frozen;

namespace Isobar.Domain;

/// <summary>How the number of an element becomes a measured value.</summary>
/// <param name="Tenths">The file holds tenths of <paramref name="Unit"/>, and the curated row has one decimal.</param>
/// <param name="Unit">The unit of the curated value; empty when GHCN-Daily gives none (weather types, multiday
/// snowfall) or does not list the element.</param>
public sealed record Measure(bool Tenths, string Unit)
{
    private static readonly Measure None = new(Tenths: false, "");
    private static readonly Measure Temperature = new(Tenths: true, "°C");
    private static readonly Measure Precipitation = new(Tenths: true, "mm");
    private static readonly Measure Wind = new(Tenths: true, "m/s");
    private static readonly Measure Snow = new(Tenths: false, "mm");
    private static readonly Measure SoilTemperature = new(Tenths: false, "0.1 °C");

    /// <summary>The unit as the next property of a curated row; empty without unit.</summary>
    internal byte[] JsonUnit { get; } =
        Unit.Length == 0 ? [] : System.Text.Encoding.UTF8.GetBytes(",\"unit\":\"" + Unit + "\"");

    /// <remarks>
    /// Units as section III of NOAA's GHCN-Daily readme gives them
    /// (www.ncei.noaa.gov/pub/data/ghcn/daily/readme.txt). Outside the eight converted elements the number stays
    /// as it is in the file, so "0.1 mm" means that it counts tenths of a millimetre.
    /// </remarks>
    private static readonly FrozenDictionary<uint, Measure> ByElement = Build(
        (Temperature, "TMAX TMIN TAVG TOBS"),
        (Precipitation, "PRCP"),
        (Wind, "AWND"),
        (Snow, "SNOW SNWD"),
        (new(false, "0.1 °C"), "ADPT AWBT MDTN MDTX MNPN MXPN"),
        (new(false, "0.1 mm"), "EVAP MDEV MDPR THIC WESD WESF"),
        (new(false, "0.1 m/s"), "WSF1 WSF2 WSF5 WSFG WSFI WSFM"),
        (new(false, "0.1 hPa"), "ASLP ASTP"),
        (new(false, "%"), "ACMC ACMH ACSC ACSH PSUN RHAV RHMN RHMX"),
        (new(false, "degrees"), "AWDR WDF1 WDF2 WDF5 WDFG WDFI WDFM"),
        (new(false, "cm"), "FRGB FRGT FRTH GAHT"),
        (new(false, "km"), "MDWM WDMV"),
        (new(false, "min"), "TSUN"),
        (new(false, "HHMM"), "FMTM PGTM"),
        (new(false, "days"), "DAEV DAPR DASF DATN DATX DAWM DWPR"));

    /// <summary>The measure of an element; never null.</summary>
    public static Measure Of(ElementCode element)
    {
        if (ByElement.TryGetValue(element.Packed, out var measure)) return measure;

        // SN*# and SX*#: soil temperature by ground cover and depth.
        return element.Packed >> 16 is ('S' << 8 | 'N') or ('S' << 8 | 'X')
            && AsciiSets.AllDigits([(byte)(element.Packed >> 8), (byte)element.Packed]) ? SoilTemperature : None;
    }

    private static FrozenDictionary<uint, Measure> Build(params (Measure Measure, string Elements)[] groups)
    {
        var table = new Dictionary<uint, Measure>();
        foreach (var (measure, elements) in groups)
        {
            foreach (var name in elements.Split(' '))
                table.Add(ElementCode.Pack(System.Text.Encoding.ASCII.GetBytes(name)).Packed, measure);
        }

        return table.ToFrozenDictionary();
    }
}
