using System.Xml.Linq;
using Amazon.Runtime;
using Isobar.Local.Services.ApiGateway;

namespace Isobar.Local.Lineage;

/// <summary>The names that CloudFormation tells of a deployed stack.</summary>
/// <param name="endpoint">The address of all services; null on AWS.</param>
internal sealed class StackNames(
    string stack, Uri? endpoint, IReadOnlyDictionary<string, string> outputs, IReadOnlyList<StackResource> resources)
{
    private const string Version = "2010-05-15";
    private const string FunctionEnding = "Function";
    private const string GroupEnding = "LogGroup";
    private const string LiveEnding = "-live";

    /// <summary>What the stack with a core stack's live readings is called, if it is deployed as samconfig.toml has it.
    /// </summary>
    public static string LiveOf(string core) => core + LiveEnding;

    public string Stack => stack;

    public string LandingBucket => Output("LandingBucketName");

    public string DataBucket => Output("DataBucketName");

    public string JobsTable => Output("JobsTableName");

    public string ImportsTable => Output("ImportsTableName");

    /// <summary>The API's stage, without a slash at its end.</summary>
    public string Api => endpoint is null
        ? Output("ApiUrl")
        : StageAddress.On(endpoint, Output("ApiUrl")).ToString().TrimEnd('/');

    /// <summary>The functions' log groups by the functions' names in the template, without "Function".</summary>
    public IReadOnlyDictionary<string, string> LogGroups => resources
        .Where(resource => resource is { Type: "AWS::Logs::LogGroup", PhysicalId.Length: > 0 }
            && resource.LogicalId.EndsWith(GroupEnding, StringComparison.Ordinal)
            && Find(resource.LogicalId[..^GroupEnding.Length] + FunctionEnding) is not null)
        .ToDictionary(resource => resource.LogicalId[..^GroupEnding.Length], resource => resource.PhysicalId);

    /// <summary>Asks CloudFormation.</summary>
    /// <exception cref="LineageException">There is no such stack.</exception>
    public static async Task<StackNames> FindAsync(
        SignedApi cloudFormation, string stack, CancellationToken cancellationToken) =>
        await TryFindAsync(cloudFormation, stack, cancellationToken)
        ?? throw new LineageException(
            $"CloudFormation knows no stack {stack} at {cloudFormation.Endpoint?.ToString() ?? cloudFormation.Region}. "
            + "Name the stack with --stack-name, the Region with AWS_REGION, or a host with AWS_ENDPOINT_URL.");

    /// <returns>Null if there is no such stack.</returns>
    public static async Task<StackNames?> TryFindAsync(
        SignedApi cloudFormation, string stack, CancellationToken cancellationToken)
    {
        try
        {
            var stacks = await cloudFormation.QueryAsync(
                "DescribeStacks", Version, [("StackName", stack)], cancellationToken);
            return new StackNames(
                stack, cloudFormation.Endpoint, Pairs(stacks, "OutputKey", "OutputValue"),
                await ResourcesAsync(cloudFormation, stack, cancellationToken));
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ValidationError")
        {
            return null;
        }
    }

    /// <exception cref="LineageException">The stack has no such output.</exception>
    public string Output(string name) => outputs.GetValueOrDefault(name)
        ?? throw new LineageException(
            $"The stack {stack} has no output {name}: it is not this application's core stack, or is of another "
            + "version. Name the core stack with --stack-name; the live stack is found by the core stack's name.");

    /// <returns>Null if the stack has no such output.</returns>
    public string? OptionalOutput(string name) => outputs.GetValueOrDefault(name);

    /// <summary>A function's alias <c>live</c>, which everything that invokes the function invokes.</summary>
    /// <param name="function">Its name in the template, without "Function".</param>
    public string Live(string function) => Physical(function + FunctionEnding) + ":live";

    /// <summary>A function's name in the template, without "Function".</summary>
    /// <returns>Null if the stack has no such function.</returns>
    public string? FunctionOf(string physicalName) => resources.FirstOrDefault(
            resource => resource.PhysicalId == physicalName
                && resource.LogicalId.EndsWith(FunctionEnding, StringComparison.Ordinal))
        ?.LogicalId[..^FunctionEnding.Length];

    /// <exception cref="LineageException">The stack has no such resource.</exception>
    public string Physical(string logicalId) => Find(logicalId)
        ?? throw new LineageException($"The stack {stack} has no resource {logicalId}.");

    /// <returns>Null if the stack has no such resource.</returns>
    public string? Find(string logicalId) =>
        resources.FirstOrDefault(resource => resource.LogicalId == logicalId)?.PhysicalId;

    private static async Task<List<StackResource>> ResourcesAsync(
        SignedApi cloudFormation, string stack, CancellationToken cancellationToken)
    {
        var resources = new List<StackResource>();
        for (string? page = ""; page is not null;)
        {
            (string, string)[] parameters =
                page.Length == 0 ? [("StackName", stack)] : [("StackName", stack), ("NextToken", page)];
            var found = await cloudFormation.QueryAsync("ListStackResources", Version, parameters, cancellationToken);
            resources.AddRange(Members(found, "LogicalResourceId").Select(member => new StackResource(
                Text(member, "LogicalResourceId"), Text(member, "PhysicalResourceId"), Text(member, "ResourceType"))));
            page = found.Descendants().FirstOrDefault(element => element.Name.LocalName == "NextToken")?.Value;
        }

        return resources;
    }

    private static Dictionary<string, string> Pairs(XElement answer, string key, string value) =>
        Members(answer, key).ToDictionary(member => Text(member, key), member => Text(member, value));

    private static IEnumerable<XElement> Members(XElement answer, string key) =>
        answer.Descendants().Where(element => element.Name.LocalName == key).Select(element => element.Parent!);

    private static string Text(XElement member, string name) =>
        member.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? "";
}

internal sealed record StackResource(string LogicalId, string PhysicalId, string Type);
