using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Isobar.Tidy.Tests.Stories;

namespace Isobar.Tidy.Tests.Templates;

/// <summary>What docs/DEPLOY.md says about the templates.</summary>
public sealed partial class DeployDocument
{
    private const string Document = "docs/DEPLOY.md";
    private const string Policy = "docs/deploy-permissions.json";

    /// <summary>The largest managed policy, in characters that are not white space.</summary>
    /// <remarks>Source: AWS IAM User Guide, "IAM and AWS STS quotas".</remarks>
    private const int PolicyCharacters = 6_144;

    /// <summary>What a parameter costs, which the template does not say. Each must be here.</summary>
    private static readonly Dictionary<string, string> Costs = new()
    {
        ["LogRetentionDays"] = "storage of logs and telemetry, by the GB and month",
        ["RecordRetentionDays"] = "storage of the tables, by the GB and month; 25 GB are free",
        ["ResultRetentionDays"] = "storage of results, by the GB and month",
        ["TransformMaximumConcurrency"] = "nothing: the same work in less time",
        ["TransformReservedConcurrency"] = "nothing; what is reserved is not there for other functions",
        ["GetJobProvisionedConcurrency"] = "about 5.50 USD a month each, and 0.20 for the two alarms",
        ["GetJobMaximumProvisionedConcurrency"] = "what is provisioned, by the second; nothing without the other",
        ["ReportRate"] = "an invocation each time, some cents a month by the default; S3 requests of what it writes",
        ["OpenDataBucket"] = "nothing beside its requests",
        ["SiteDistributionArn"] = "nothing; the edge stack costs by request",
        ["TokenPublicKeys"] = "nothing",
        ["TokenKeysTimeToLive"] = "nothing",
        ["ParametersExtension"] = "nothing in Parameter Store; the extension's memory and time",
        ["SiteOrigin"] = "nothing",
        ["ProtectTables"] = "recovery, by the GB of the tables and month; the stack can't be deleted while it is on",
        ["Telemetry"] = "S3 requests of each environment, the extension's memory and time",
        ["TelemetryOtlpEndpoint"] = "what the receiver costs; data transfer out of AWS, by the GB",
        ["Instrumentation"] = "0.30 USD a month for each metric; log lines, by the GB; a part of Import's time",
        ["Alarms"] = "0.10 USD a month: the eleventh alarm; ten of an account are free",
        ["Dashboard"] = "3 USD a month; three of an account are free",
        ["ApiAccessLogs"] = "logs, by the GB that is written",
        ["NativeAuthorizer"] = "nothing while nobody invokes it",
        ["LiveReadings"] = "nothing beside its requests; infra/stacks/live.yaml costs about 11 USD a month",
        ["GetJobShift"] = "an alarm, 0.10 USD a month; CodeDeploy costs nothing for Lambda",
    };

    // What the SAM transform makes of its own types, by the service's prefix in IAM.
    private static readonly Dictionary<string, string[]> MadeBySam = new()
    {
        ["AWS::Serverless::Function"] = ["lambda", "iam", "events"],
        ["AWS::Serverless::LayerVersion"] = ["lambda"],
        ["AWS::Serverless::Api"] = ["apigateway", "lambda"],
    };

    [Fact]
    public void The_parameters_are_those_of_the_template_with_what_each_costs() =>
        new GeneratedPart(Document, "the parameters").Hold(ParameterRows());

    [Fact]
    public void Every_parameter_says_what_it_costs_and_none_is_left_that_is_gone() =>
        Assert.Equal(Parameters().Select(parameter => parameter.Key).Order(), Costs.Keys.Order());

    [Fact]
    public async Task Every_block_of_commands_is_a_script_that_bash_can_read()
    {
        var blocks = ShellBlock().Matches(Repository.Text(Document)).Select(match => match.Groups["text"].Value);
        foreach (var block in blocks)
        {
            var (status, _, errors) = await Tool.RunAsync("bash", ["-n", "-c", block]);
            Assert.True(status == 0, $"{errors}\n{block}");
        }
    }

    [Fact]
    public void The_policy_for_deploying_has_the_service_of_every_resource_of_the_templates()
    {
        var allowed = Statements().SelectMany(statement => Texts(statement["Action"]))
            .Select(action => action.Split(':')[0]).ToHashSet();

        var lacking =
            from path in DeployableTemplates.Paths
            from resource in Template.Read(path).Resources
            from service in MadeBySam.GetValueOrDefault(resource.Type) ?? [ServiceOf(resource.Type)]
            where !allowed.Contains(service)
            select $"{resource.Id} ({resource.Type}) needs {service}";
        Assert.Empty(lacking);
    }

    [Fact]
    public void The_policy_for_deploying_fits_into_a_managed_policy_and_names_resources()
    {
        var characters = Repository.Text(Policy).Count(character => !char.IsWhiteSpace(character));
        Assert.InRange(characters, 1, PolicyCharacters);
        Assert.All(
            Statements().Where(statement => Texts(statement["Resource"]).Contains("*")),
            statement => Assert.DoesNotContain(
                Texts(statement["Action"]), action => action.EndsWith(":*", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> ParameterRows()
    {
        yield return "| parameter | default | takes | changes | costs |";
        yield return "| --- | --- | --- | --- | --- |";
        foreach (var (name, parameter) in Parameters())
        {
            var standard = Intrinsic.Text(parameter!["Default"]) ?? parameter["Default"]?.ToString() ?? "";
            string[] cells =
            [
                $"`{name}`", standard.Length > 0 ? $"`{standard}`" : "empty", Takes((JsonObject)parameter),
                Cell(parameter["Description"]!.ToString()), Costs.GetValueOrDefault(name, "?"),
            ];
            yield return $"| {string.Join(" | ", cells)} |";
        }
    }

    private static string Takes(JsonObject parameter) => parameter switch
    {
        _ when parameter["AllowedValues"] is JsonArray values =>
            string.Join(", ", values.Select(value => $"`{value}`")),
        _ when parameter["MinValue"] is { } least => $"{least} to {parameter["MaxValue"]}",
        _ => "text",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Trim();

    private static JsonObject Parameters() => (JsonObject)Template.Read("template.yaml").Written["Parameters"]!;

    private static IEnumerable<JsonNode> Statements() =>
        JsonNode.Parse(Repository.Text(Policy))!["Statement"]!.AsArray().Select(statement => statement!);

    private static IEnumerable<string> Texts(JsonNode? node) =>
        node is JsonArray list ? list.Select(entry => (string)entry!) : [(string)node!];

    // IAM's prefix is the type's own service, in lower case.
    private static string ServiceOf(string type) => type.Split("::")[1].ToLowerInvariant();

    [GeneratedRegex(@"^```sh\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
