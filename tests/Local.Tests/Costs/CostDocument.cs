using System.Globalization;
using Isobar.Local.Costs;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Costs;

/// <summary>
/// docs/COST.md, whose tables are made from the prices, the transformed template and what a run measured. With
/// ISOBAR_UPDATE=1 they are written anew.
/// </summary>
public sealed class CostDocument
{
    private const string Path = "docs/COST.md";

    private const string ScheduleType = "AWS::Events::Rule";

    // 512 MB have 512/1,769 of a processor on Lambda, about 1/3.5.
    private const decimal SlowestLambda = 3.5m;

    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    [Fact]
    public void The_prices_are_those_of_the_list() => Hold("the prices",
    [
        $"Region {Prices.Region}, {Prices.Date:yyyy-MM-dd}, first tier.", "",
        "| what | price | free each month, for ever | AWS's page |",
        "| --- | --- | --- | --- |",
        .. Prices.All.Select(price => string.Create(
            Plain,
            $"| {price.Name} | {Price(price)} | {Number(price.FreeEachMonth)} "
            + $"| [{new Uri(price.Page).Segments[1].TrimEnd('/')}]({price.Page}) |")),
    ]);

    [Fact]
    public async Task The_idle_cost_is_that_of_the_template()
    {
        var resources = await IdleStack.ReadAsync("template.yaml");
        var receipt = IdleStack.Sum(resources);
        var costing = resources.Where(resource => resource.Charges.Count == 1)
            .GroupBy(resource => (resource.Type, Charge: resource.Charges.Single()));
        var free = resources.Where(resource => resource.Charges.Count == 0).GroupBy(resource => resource.Type)
            .Select(type => string.Create(Plain, $"{type.Count()} {type.Key}")).Order(StringComparer.Ordinal);
        var withFree = receipt.Quantities.Sum(entry => Prices.Of(entry.Key.Meter).Of(
            Math.Max(0, entry.Value - Prices.Of(entry.Key.Meter).FreeEachMonth)));
        Hold("the idle cost",
        [
            "| resources | what they use in an idle month | a month |",
            "| --- | --- | --- |",
            .. costing.Select(type => string.Create(
                Plain,
                $"| {type.Count()} {type.Key.Type} | {type.Count()} x "
                + $"{type.Key.Charge.Quantity / IdleCosts.EmptyReceives:0} pollers x 3 polls a minute x 60 x "
                + $"{IdleCosts.HoursOfAMonth} hours = {type.Count() * type.Key.Charge.Quantity:N0} empty receives "
                + $"({Prices.Of(type.Key.Charge.Meter).Name}) | {Dollars(type.Count() * Cost(type.Key.Charge))} |")),
            Schedules(resources.Where(resource => resource.Type == ScheduleType && resource.Charges.Count > 0)),
            $"| {string.Join(", ", free)} | nothing | $0.00 |",
            $"| **all** | | **{Dollars(receipt.Dollars)}**, and {Dollars(withFree)} with SQS's free tier |",
        ]);
    }

    [Fact]
    public void What_a_file_and_a_call_use_is_what_was_measured()
    {
        var measured = new Measured();
        Hold("what was measured",
        [
            string.Create(
                Plain,
                $"Measured on {measured.Date} on {measured.Machine}: files of {measured.Rows:N0} rows and "
                + $"{measured.Bytes / 1_048_576m:N1} MB, which are one chunk; {measured.Singles} of them landed one "
                + $"after the other, {measured.Bulk} together, and {measured.Calls} calls of `GET /jobs` and "
                + $"`GET /jobs/{{id}}`."),
            "",
            "| for each | file that lands alone | file among many | call |",
            "| --- | --- | --- | --- |",
            .. from price in Prices.All
               let single = measured.OfSingle(price.Meter)
               let bulk = measured.OfBulk(price.Meter)
               let call = measured.OfCall(price.Meter)
               where single + bulk + call > 0
               select string.Create(Plain, $"| {price.Name} | {Number(single)} | {Number(bulk)} | {Number(call)} |"),
        ]);
    }

    [Fact]
    public async Task The_volumes_are_what_the_measured_use_comes_to()
    {
        var idle = IdleStack.Sum(await IdleStack.ReadAsync("template.yaml"));
        var measured = new Measured();
        Volume[] volumes =
        [
            new("A thousand files, one at a time", 1_000, 10_000, false, idle, measured),
            new("120,000 files at once, an import of all stations of GHCN-Daily", 120_000, 100_000, true,
                idle, measured),
            new("A million files", 1_000_000, 1_000_000, true, idle, measured),
        ];
        Hold("the volumes", volumes.SelectMany(Table));
    }

    private static IEnumerable<string> Table(Volume volume)
    {
        var receipt = volume.Receipt();
        yield return $"### {volume.Name}";
        yield return "";
        yield return string.Create(
            Plain, $"{volume.Files:N0} files and {volume.Calls:N0} reading calls of the API in a month.");
        yield return "";
        yield return "| what | how many | at | a month |";
        yield return "| --- | --- | --- | --- |";
        foreach (var (meter, quantity, how) in volume.Lines())
            yield return $"| {Prices.Of(meter).Name} | {how} = {Number(quantity)} | {Price(Prices.Of(meter))} "
                + $"| {Dollars(Prices.Of(meter).Of(quantity))} |";
        var time = Prices.Of(Meter.LambdaGigabyteSeconds).Of(receipt.GigabyteSeconds);
        yield return string.Create(Plain, $"| **all** | | | **{Dollars(receipt.Dollars)}** |");
        yield return "";
        yield return string.Create(
            Plain,
            $"With the free tiers: {Dollars(volume.DollarsWithFreeTier())}. If every invocation took "
            + $"{SlowestLambda} times as long: {Dollars(receipt.Dollars + (SlowestLambda - 1) * time)} at list price.");
        yield return "";
    }

    private static string Schedules(IEnumerable<IdleResource> rules) => string.Create(
        Plain,
        $"| {rules.Count()} {ScheduleType} with a schedule | "
        + $"{rules.Sum(rule => rule.Charges.Single(charge => charge.Meter == Meter.LambdaRequests).Quantity):N0} "
        + $"invocations that find nothing to do, 1.5 s each with their init (assumed) | "
        + $"{Dollars(rules.Sum(rule => rule.Charges.Sum(Cost)))} |");

    private static decimal Cost(Charge charge) => Prices.Of(charge.Meter).Of(charge.Quantity);

    private static string Price(Price price) => price.Per == 1
        ? string.Create(Plain, $"${price.Dollars:0.00########}")
        : string.Create(Plain, $"${price.Dollars:0.00##} for {price.Per:N0}");

    private static string Dollars(decimal dollars) => string.Create(Plain, $"${dollars:N2}");

    private static string Number(decimal quantity) =>
        quantity == 0 ? "" : quantity.ToString(quantity >= 100 ? "N0" : "0.#######", Plain);

    private static void Hold(string name, IEnumerable<string> lines)
    {
        var document = RepositoryFile.Read(Path).TrimEnd('\n').Split('\n');
        var begin = Array.IndexOf(document, $"<!-- made from the sources: {name} -->");
        var end = Array.IndexOf(document, $"<!-- end of {name} -->");
        Assert.True(begin >= 0 && end > begin, $"{Path} lacks the marks of {name}.");
        string[] part = [.. lines];
        if (Environment.GetEnvironmentVariable("ISOBAR_UPDATE") == "1")
        {
            string[] written = [.. document[..(begin + 1)], .. part, .. document[end..]];
            File.WriteAllText(RepositoryFile.PathOf(Path), string.Join('\n', written) + '\n');
            return;
        }

        Assert.True(
            part.SequenceEqual(document[(begin + 1)..end]),
            $"{Path}: {name} is not what the sources say. To write it anew: "
            + "ISOBAR_UPDATE=1 dotnet run --project tests/Local.Tests -- --filter-class '*CostDocument'");
    }
}
