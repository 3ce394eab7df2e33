using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;

namespace Isobar.Stories;

/// <summary>
/// A deployed stack as any client of AWS sees it: an endpoint, credentials, and the names that CloudFormation tells.
/// </summary>
internal sealed class DeployedStack : IDisposable
{
    private const string AccessKey = "stories";

    private readonly IReadOnlyDictionary<string, string> outputs;
    private readonly IReadOnlyDictionary<string, string> resources;

    private DeployedStack(
        Uri endpoint, string region, AwsCalls calls, IReadOnlyDictionary<string, string> outputs,
        IReadOnlyDictionary<string, string> resources)
    {
        (Endpoint, Calls, this.outputs, this.resources) = (endpoint, calls, outputs, resources);
        var credentials = new BasicAWSCredentials(AccessKey, AccessKey);
        var address = endpoint.GetLeftPart(UriPartial.Authority);
        S3 = new AmazonS3Client(credentials, new AmazonS3Config
        {
            ServiceURL = address,
            AuthenticationRegion = region,
            UseHttp = true,
        });
        DynamoDb = new AmazonDynamoDBClient(credentials, new AmazonDynamoDBConfig
        {
            ServiceURL = address,
            AuthenticationRegion = region,
        });
    }

    public Uri Endpoint { get; }

    public AmazonS3Client S3 { get; }

    public AmazonDynamoDBClient DynamoDb { get; }

    public AwsCalls Calls { get; }

    public string LandingBucket => outputs["LandingBucketName"];

    public string DataBucket => outputs["DataBucketName"];

    public string JobsTable => outputs["JobsTableName"];

    public string ChunksQueueUrl => outputs["ChunksQueueUrl"];

    public string ImportsTable => outputs["ImportsTableName"];

    /// <summary>The API's stage, which the local host serves at its own address.</summary>
    public Uri Api
    {
        get
        {
            var url = new Uri(outputs["ApiUrl"]);
            return new Uri(Endpoint, $"/_aws/execute-api/{url.Host.Split('.')[0]}{url.AbsolutePath}/");
        }
    }

    /// <summary>Asks the endpoint for the stack's outputs and resources.</summary>
    public static async Task<DeployedStack> FindAsync(Uri endpoint, string region, string name)
    {
        var calls = new AwsCalls(endpoint, AccessKey, region);
        var stacks = await calls.QueryAsync("cloudformation", "DescribeStacks", ("StackName", name));
        var found = await calls.QueryAsync("cloudformation", "ListStackResources", ("StackName", name));
        return new DeployedStack(
            endpoint, region, calls, Pairs(stacks, "OutputKey", "OutputValue"),
            Pairs(found, "LogicalResourceId", "PhysicalResourceId"));
    }

    /// <summary>The physical name of a resource of the template.</summary>
    public string NameOf(string logicalId) => resources[logicalId];

    public void Dispose()
    {
        S3.Dispose();
        DynamoDb.Dispose();
        Calls.Dispose();
    }

    private static Dictionary<string, string> Pairs(System.Xml.Linq.XElement answer, string key, string value) =>
        answer.Descendants().Where(element => element.Name.LocalName == key).ToDictionary(
            element => element.Value,
            element => element.Parent!.Elements().Single(sibling => sibling.Name.LocalName == value).Value);
}
