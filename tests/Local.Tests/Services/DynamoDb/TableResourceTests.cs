using Isobar.Local.Deployment;
using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Services.DynamoDb;

public sealed class TableResourceTests
{
    [Fact]
    public async Task Ref_gives_the_name_and_GetAtt_the_arn()
    {
        var stack = await DeployAsync("""
            Resources:
              Table:
                Type: AWS::DynamoDB::Table
                Properties:
                  BillingMode: PAY_PER_REQUEST
                  TableName: jobs
                  TimeToLiveSpecification: {Enabled: true, AttributeName: ttl}
                  StreamSpecification: {StreamViewType: NEW_IMAGE}
                  AttributeDefinitions: [{AttributeName: job, AttributeType: S}]
                  KeySchema: [{AttributeName: job, KeyType: HASH}]
            Outputs:
              All: {Value: !Sub '${Table} ${Table.Arn} ${Table.StreamArn}'}
            """);

        Assert.Matches(
            @"^jobs (arn:aws:dynamodb:us-east-1:000000000000:table/jobs) \1/stream/\d{4}-\d\d-\d\dT[\d:.]{12}$",
            Assert.Single(stack.Outputs).Value);
        Assert.Empty(stack.Inert);
    }

    [Theory]
    [InlineData("BillingMode: PROVISIONED", "ReadCapacityUnits and WriteCapacityUnits must both be specified")]
    [InlineData("BillingMode: FREE", "BillingMode must be one of PROVISIONED, PAY_PER_REQUEST, not FREE")]
    [InlineData("BillingMode: PAY_PER_REQUEST, StreamSpecification: {StreamViewType: ALL}",
        "StreamSpecification.StreamViewType must be one of")]
    [InlineData("BillingMode: PAY_PER_REQUEST, TimeToLiveSpecification: {Enabled: true}",
        "TimeToLiveSpecification.AttributeName is required while time to live is enabled")]
    [InlineData("BillingMode: PAY_PER_REQUEST, KinesisStreamSpecification: {StreamArn: x}",
        "property KinesisStreamSpecification of AWS::DynamoDB::Table is not supported")]
    [InlineData("BillingMode: PAY_PER_REQUEST, GlobalSecondaryIndexes: [{IndexName: by-at, "
        + "Projection: {ProjectionType: ALL}, KeySchema: [{AttributeName: at, KeyType: HASH}]}]",
        "Keys: [at], AttributeDefinitions: [job]")]
    public async Task What_a_table_cannot_do_here_stops_the_deployment(string properties, string reason)
    {
        var error = await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(
            "Resources: {Table: {Type: 'AWS::DynamoDB::Table', Properties: {" + properties + ", "
            + "AttributeDefinitions: [{AttributeName: job, AttributeType: S}], "
            + "KeySchema: [{AttributeName: job, KeyType: HASH}]}}}"));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static Task<DeployedStack> DeployAsync(string template)
    {
        var world = new World();
        return StackDeployment.DeployAsync(
            new TemplateSource("template.yaml", template), ParameterProfile.Empty, Deploy.Stack,
            [new DynamoDbModule(world.Context)],
            TemplateParts.None, Deploy.Created, TestContext.Current.CancellationToken);
    }
}
