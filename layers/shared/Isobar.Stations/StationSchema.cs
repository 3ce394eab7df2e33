using Amazon.DynamoDBv2.Model;
using Isobar.Domain;
using Isobar.Tables;
using static Isobar.Tables.Attributes;

namespace Isobar.Stations;

/// <summary>
/// The items of the stations table. Partition key <c>station</c>, sort key <c>item</c>:
/// <list type="table">
/// <item><c>&lt;id&gt;</c>, <c>source#&lt;source&gt;</c>: a source contributes to the station, by these versions</item>
/// <item><c>&lt;id&gt;</c>, <c>year#&lt;yyyy&gt;#&lt;source&gt;#&lt;order&gt;</c>: a year of one version</item>
/// <item><c>source#&lt;source&gt;</c>, <c>current</c>: the version that readers see</item>
/// <item><c>source#&lt;source&gt;</c>, <c>version#&lt;order&gt;</c>: a version of which something may be written</item>
/// <item><c>country#&lt;cc&gt;</c>, <c>&lt;id&gt;</c>: a station of the country</item>
/// <item><c>countries</c>, <c>&lt;cc&gt;</c>: a country that has had stations</item>
/// <item><c>report</c>, <c>&lt;id&gt;#&lt;source&gt;#&lt;order&gt;</c>: the station's page is to be written</item>
/// </list>
/// No id of a station, 11 characters of A–Z, 0–9, <c>_</c> and <c>-</c>, is the key of another partition.
/// </summary>
internal static class StationSchema
{
    public const string Countries = "countries";
    public const string Report = "report";
    public const string Order = "order";

    /// <summary>The version that listed a station last.</summary>
    public const string ListedBy = "listedBy";

    public const string SourcePrefix = "source#";
    public const string YearPrefix = "year#";

    public const string VersionPrefix = "version#";

    /// <summary>All shards of a version.</summary>
    public const string Shards = "shards";

    /// <summary>The shards of a version that are written.</summary>
    public const string Written = "written";

    private const int CountryDigits = 2;

    public static Dictionary<string, AttributeValue> Key(string station, string item) =>
        new() { ["station"] = Text(station), ["item"] = Text(item) };

    public static string CountryOf(string station) => station[..CountryDigits];

    public static string CountryPartition(string country) => $"country#{country}";

    public static string SourcePartition(string source) => $"{SourcePrefix}{source}";

    public static Dictionary<string, AttributeValue> SourceKey(string station, string source) =>
        Key(station, SourcePartition(source));

    public static Dictionary<string, AttributeValue> ListedKey(string station) =>
        Key(CountryPartition(CountryOf(station)), station);

    public static Dictionary<string, AttributeValue> ListedItem(string station, SourceVersion version)
    {
        var item = ListedKey(station);
        item[ListedBy] = Text(NameOf(version));
        return item;
    }

    public static Dictionary<string, AttributeValue> CurrentKey(string source) =>
        Key(SourcePartition(source), "current");

    public static Dictionary<string, AttributeValue> VersionKey(SourceVersion version) =>
        Key(SourcePartition(version.Source), $"{VersionPrefix}{version.Order}");

    /// <summary>Names a version across sources; the end of a year's key.</summary>
    public static string NameOf(SourceVersion version) => $"{version.Source}#{version.Order}";

    public static Dictionary<string, AttributeValue> YearItem(SourceVersion version, StationYear year)
    {
        var item = Key(year.Station, $"{YearPrefix}{year.Year:D4}#{NameOf(version)}");
        item["job"] = Text(version.Job);
        item["months"] = new AttributeValue { B = PartialsFile.Compress(year.Months) };
        item["accepted"] = Number(year.Months.Sum(StationYear.AcceptedOf));
        return item;
    }

    /// <summary>The name of the version (<see cref="NameOf"/>) and the months of a year's item.</summary>
    public static (string Version, IReadOnlyList<MonthPartial> Months) ReadYear(
        Dictionary<string, AttributeValue> item) =>
        (item["item"].S[(YearPrefix.Length + "yyyy#".Length)..], PartialsFile.Decompress(item["months"].B));

    public static Dictionary<string, AttributeValue> CurrentItem(StoredVersion current)
    {
        var item = VersionAttributes(current);
        foreach (var (name, value) in CurrentKey(current.Version.Source)) item[name] = value;
        return item;
    }

    /// <summary>What is stored of a version, without a key.</summary>
    public static Dictionary<string, AttributeValue> VersionAttributes(StoredVersion stored)
    {
        var (version, shards) = stored;
        var attributes = new Dictionary<string, AttributeValue>
        {
            ["bucket"] = Text(version.Object.Bucket),
            ["key"] = Text(version.Object.Key),
            ["versionId"] = Text(version.Object.VersionId),
            ["sequencer"] = Text(version.Object.Sequencer),
            [Order] = Text(version.Order),
            ["job"] = Text(version.Job),
        };
        if (shards.Count > 0) attributes[Shards] = NumberSet(shards);
        return attributes;
    }

    public static StoredVersion ReadVersion(Dictionary<string, AttributeValue> item) => new(
        new SourceVersion(
            new ObjectVersion(item["bucket"].S, item["key"].S, item["versionId"].S, item["sequencer"].S),
            item["job"].S),
        item.OptionalNumberSet(Shards));

    public static Dictionary<string, AttributeValue> ReportKey(ReportRequest request) =>
        Key(Report, $"{request.Station}#{request.Source}#{request.Order}");

    public static ReportRequest ReadReport(Dictionary<string, AttributeValue> item)
    {
        var parts = item["item"].S.Split('#');
        return new ReportRequest(parts[0], parts[1], parts[2]);
    }
}
