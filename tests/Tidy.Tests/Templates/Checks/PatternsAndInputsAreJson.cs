using System.Text.Json;
using System.Text.Json.Nodes;

namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// Filter patterns, constant inputs and dashboards are JSON in a string, which only the deployment reads.
/// </summary>
internal sealed class PatternsAndInputsAreJson : ITemplateCheck
{
    private static readonly string[] Scheduled = ["Schedule", "ScheduleV2", "EventBridgeRule", "CloudWatchEvent"];

    public IEnumerable<Finding> Find(Template template) =>
        from text in Patterns(template).Concat(Inputs(template))
        where Intrinsic.Text(text.Json) is { } json && !IsJson(json)
        select new Finding(text.Where, $"'{Intrinsic.Text(text.Json)}' is not JSON");

    private static IEnumerable<(string Where, JsonNode? Json)> Patterns(Template template) =>
        from function in template.Functions
        from entry in function.At("Events") as JsonObject ?? []
        from filter in Intrinsic.Each(entry.Value?["Properties"]?["FilterCriteria"]?["Filters"])
        select ($"{function.Id}.{entry.Key}", filter?["Pattern"]);

    private static IEnumerable<(string Where, JsonNode? Json)> Inputs(Template template) =>
        (from function in template.Functions
         from entry in function.Events(Scheduled)
         select ($"{function.Id}.{entry.Name}", entry.Properties["Input"]))
        .Concat(
            from rule in template.Of("AWS::Events::Rule")
            from target in Intrinsic.Each(rule.At("Targets"))
            select (rule.Id, target?["Input"]))
        .Concat(
            from mapping in template.Of("AWS::Lambda::EventSourceMapping")
            from filter in Intrinsic.Each(mapping.At("FilterCriteria", "Filters"))
            select (mapping.Id, filter?["Pattern"]))
        .Concat(
            from dashboard in template.Of("AWS::CloudWatch::Dashboard")
            select (dashboard.Id, dashboard.At("DashboardBody")));

    private static bool IsJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
