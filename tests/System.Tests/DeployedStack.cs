using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using Isobar.Local.Services.ApiGateway;

namespace Isobar.Stories;

/// <summary>
/// A deployed stack as any client of AWS sees it: an endpoint, credentials, and the names that CloudFormation tells.
/// </summary>
internal sealed class DeployedStack : IDisposable
{
    private readonly AwsPlace place;
    private readonly IReadOnlyDictionary<string, string> parameters;
    private readonly IReadOnlyDictionary<string, string> outputs;
    private readonly IReadOnlyDictionary<string, string> resources;

    private DeployedStack(
        AwsPlace place, string name, AwsCalls calls, IReadOnlyDictionary<string, string> parameters,
        IReadOnlyDictionary<string, string> outputs, IReadOnlyDictionary<string, string> resources)
    {
        (this.place, Name, Calls) = (place, name, calls);
        (this.parameters, this.outputs, this.resources) = (parameters, outputs, resources);
        S3 = new AmazonS3Client(place.Credentials, place.Configure(new AmazonS3Config()));
        DynamoDb = new AmazonDynamoDBClient(place.Credentials, place.Configure(new AmazonDynamoDBConfig()));
    }

    public string Name { get; }

    /// <summary>Where AWS's APIs are for this stack, and who calls them.</summary>
    public AwsPlace Place => place;

    public AmazonS3Client S3 { get; }

    public AmazonDynamoDBClient DynamoDb { get; }

    public AwsCalls Calls { get; }

    public string LandingBucket => outputs["LandingBucketName"];

    public string DataBucket => outputs["DataBucketName"];

    public string JobsTable => outputs["JobsTableName"];

    public string ChunksQueueUrl => outputs["ChunksQueueUrl"];

    public string StationsTable => outputs["StationsTableName"];

    public string SummariesQueueUrl => outputs["SummariesQueueUrl"];

    public string SummariesDeadLetterQueueUrl => outputs["SummariesDeadLetterQueueUrl"];

    public string FinalizeFailuresQueueUrl => outputs["FinalizeFailuresQueueUrl"];

    public string SiteBucket => outputs["SiteBucketName"];

    public string AccessLogBucket => outputs["AccessLogBucketName"];

    public string ImportsTable => outputs["ImportsTableName"];

    public string AuditQueueUrl => outputs["AuditQueueUrl"];

    public string IntakeFailuresQueueUrl => outputs["IntakeFailuresQueueUrl"];

    public string CatalogDeadLetterQueueUrl => outputs["CatalogDeadLetterQueueUrl"];

    /// <summary>The bucket from which Import copies.</summary>
    public string OpenDataBucket => parameters["OpenDataBucket"];

    /// <summary>The key sets whose tokens the authorizer takes, as they were when the stack was found.</summary>
    public IReadOnlyList<string> TokenPublicKeys { get; private init; } = [];

    /// <summary>The API's stage: at its own address on AWS, behind the one address of all services elsewhere.</summary>
    public Uri Api => place.Endpoint is { } endpoint
        ? StageAddress.On(endpoint, outputs["ApiUrl"])
        : new Uri(outputs["ApiUrl"] + "/");

    /// <summary>The stack of a host on this machine, which takes any credentials.</summary>
    public static Task<DeployedStack> FindAsync(Uri endpoint, string region, string name) =>
        FindAsync(new AwsPlace(endpoint, region, new BasicAWSCredentials("stories", "stories")), name);

    /// <summary>Asks CloudFormation for the stack's outputs and resources.</summary>
    public static async Task<DeployedStack> FindAsync(AwsPlace place, string name)
    {
        var calls = new AwsCalls(place);
        var stacks = await calls.QueryAsync("cloudformation", "DescribeStacks", ("StackName", name));
        var resources = new Dictionary<string, string>();
        for (string? page = ""; page is not null;)
        {
            var found = await calls.QueryAsync(
                "cloudformation", "ListStackResources",
                page.Length == 0 ? [("StackName", name)] : [("StackName", name), ("NextToken", page)]);
            foreach (var (id, physical) in Pairs(found, "LogicalResourceId", "PhysicalResourceId"))
                resources.Add(id, physical);
            page = found.Descendants().FirstOrDefault(element => element.Name.LocalName == "NextToken")?.Value;
        }

        var parameters = Pairs(stacks, "ParameterKey", "ParameterValue");
        return new DeployedStack(
            place, name, calls, parameters, Pairs(stacks, "OutputKey", "OutputValue"), resources)
        {
            TokenPublicKeys = (await TokenKeysAsync(calls, parameters, resources)).Split('.'),
        };
    }

    /// <summary>The physical name of a resource of the template.</summary>
    public string NameOf(string logicalId) => resources[logicalId];

    /// <summary>A function's alias <c>live</c>, as Invoke takes it: what the stack's own triggers invoke.</summary>
    public string LiveOf(string logicalId) => NameOf(logicalId) + ":live";

    public void Dispose()
    {
        S3.Dispose();
        DynamoDb.Dispose();
        Calls.Dispose();
    }

    // Rotated keys are in Parameter Store; the template's parameter has the first ones.
    private static async Task<string> TokenKeysAsync(
        AwsCalls calls, Dictionary<string, string> parameters, Dictionary<string, string> resources)
    {
        if (!resources.TryGetValue("TokenKeysParameter", out var name))
            return parameters.GetValueOrDefault("TokenPublicKeys", "");
        var found = await calls.SsmAsync("GetParameter", new JsonObject { ["Name"] = name });
        return (string)found["Parameter"]!["Value"]!;
    }

    private static Dictionary<string, string> Pairs(System.Xml.Linq.XElement answer, string key, string value) =>
        answer.Descendants().Where(element => element.Name.LocalName == key).ToDictionary(
            element => element.Value,
            element => element.Parent!.Elements().Single(sibling => sibling.Name.LocalName == value).Value);
}
