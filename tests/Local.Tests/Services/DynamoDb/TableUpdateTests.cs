using System.Text.Json;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Services.DynamoDb;

/// <summary>Source: AWS CloudFormation Template Reference, AWS::DynamoDB::Table, "Update requires".</summary>
public sealed class TableUpdateTests
{
    private const string Key = "KeySchema: [{AttributeName: p, KeyType: HASH}, {AttributeName: s, KeyType: RANGE}]";
    private const string ByA = "{IndexName: by-a, KeySchema: [{AttributeName: a, KeyType: HASH}], "
        + "Projection: {ProjectionType: ALL}}";

    private const string ByB = "{IndexName: by-b, KeySchema: [{AttributeName: b, KeyType: HASH}], "
        + "Projection: {ProjectionType: INCLUDE, NonKeyAttributes: [c]}}";

    [Fact]
    public async Task A_template_declares_indexes_throughput_and_tags()
    {
        await using var host = await StartAsync();
        await DeployAsync(host, Table("p s a", "ProvisionedThroughput: {ReadCapacityUnits: 3, WriteCapacityUnits: 4}, "
            + "GlobalSecondaryIndexes: [{IndexName: by-a, KeySchema: [{AttributeName: a, KeyType: HASH}], "
            + "Projection: {ProjectionType: ALL}, "
            + "ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 2}}], "
            + "LocalSecondaryIndexes: [{IndexName: local, KeySchema: [{AttributeName: p, KeyType: HASH}, "
            + "{AttributeName: a, KeyType: RANGE}], Projection: {ProjectionType: KEYS_ONLY}}], "
            + "Tags: [{Key: team, Value: data}]"));

        var table = await DescribeAsync(host);

        Assert.Equal((3, 4), Units(table));
        Assert.Equal((1, 2), Units(table.GetProperty("GlobalSecondaryIndexes")[0]));
        Assert.Equal("local", table.GetProperty("LocalSecondaryIndexes")[0].GetProperty("IndexName").GetString());
        Assert.Equal("""{"Tags":[{"Key":"team","Value":"data"}]}""", await TagsAsync(host));
    }

    [Fact]
    public async Task An_update_makes_or_deletes_one_index_in_place_and_the_items_stay()
    {
        await using var host = await StartAsync();
        var stack = await DeployAsync(host, OnDemand("p s a", ByA) + "");
        await PutAsync(host);

        stack = await UpdateAsync(host, stack, OnDemand("p s a b", ByA, ByB));
        Assert.Equal("by-a 1 by-b 1", await IndexesAsync(host));

        stack = await UpdateAsync(host, stack, OnDemand("p s b", ByB));
        Assert.Equal("by-b 1", await IndexesAsync(host));

        await UpdateAsync(host, stack, OnDemand("p s"));
        Assert.Equal("", await IndexesAsync(host));
        Assert.Equal(1, (await DescribeAsync(host)).GetProperty("ItemCount").GetInt32());
    }

    [Theory]
    [InlineData("p s b", "Cannot perform more than one GSI creation or deletion in a single update", ByB)]
    [InlineData("p s a", "Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights "
        + "Specification. You can create a new GSI with a different name.",
        "{IndexName: by-a, KeySchema: [{AttributeName: a, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}")]
    public async Task What_CloudFormation_does_not_change_in_place_fails_the_update(
        string attributes, string reason, string indexes)
    {
        await using var host = await StartAsync();
        var stack = await DeployAsync(host, OnDemand("p s a", ByA));
        await PutAsync(host);

        var outcome = await RunAsync(host, stack, OnDemand(attributes, indexes));

        Assert.Contains(reason, outcome.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal("by-a 1", await IndexesAsync(host));
    }

    [Fact]
    public async Task An_update_changes_the_billing_mode_the_throughput_and_the_tags()
    {
        await using var host = await StartAsync();
        var stack = await DeployAsync(host, OnDemand("p s a", ByA));
        var provisioned = ByA.Replace("ALL}}", "ALL}, ProvisionedThroughput: {ReadCapacityUnits: 5, "
            + "WriteCapacityUnits: 6}}", StringComparison.Ordinal);

        stack = await UpdateAsync(host, stack, Table("p s a", $"GlobalSecondaryIndexes: [{provisioned}], "
            + "ProvisionedThroughput: {ReadCapacityUnits: 7, WriteCapacityUnits: 8}, Tags: [{Key: k, Value: v}]"));
        var table = await DescribeAsync(host);
        Assert.Equal(((7, 8), (5, 6)), (Units(table), Units(table.GetProperty("GlobalSecondaryIndexes")[0])));
        Assert.Equal("""{"Tags":[{"Key":"k","Value":"v"}]}""", await TagsAsync(host));

        await UpdateAsync(host, stack, OnDemand("p s a", ByA));
        Assert.Equal((0, 0), Units(await DescribeAsync(host)));
        Assert.Equal("""{"Tags":[]}""", await TagsAsync(host));
    }

    [Fact]
    public async Task Other_local_indexes_need_another_table()
    {
        await using var host = await StartAsync();
        var stack = await DeployAsync(host, OnDemand("p s a", ByA));

        var error = Assert.Throws<DeploymentException>(() => Prepare(host, stack, Table("p s a", "BillingMode: "
            + "PAY_PER_REQUEST, LocalSecondaryIndexes: [{IndexName: local, KeySchema: [{AttributeName: p, KeyType: "
            + "HASH}, {AttributeName: a, KeyType: RANGE}], Projection: {ProjectionType: ALL}}]")));

        Assert.Contains("LocalSecondaryIndexes requires replacement", error.Message, StringComparison.Ordinal);
    }

    private static string OnDemand(string attributes, params string[] indexes) => Table(attributes,
        $"BillingMode: PAY_PER_REQUEST, GlobalSecondaryIndexes: [{string.Join(", ", indexes)}]");

    private static string Table(string attributes, string properties) =>
        "Resources: {Table: {Type: 'AWS::DynamoDB::Table', Properties: {TableName: made, " + Key + ", "
        + "AttributeDefinitions: [" + string.Join(", ", attributes.Split(' ').Select(
            name => $"{{AttributeName: {name}, AttributeType: S}}")) + $"], {properties}}}}}}}";

    private static Task<DynamoDbOnPortZero> StartAsync() => DynamoDbOnPortZero.StartAsync();

    private static Task PutAsync(DynamoDbOnPortZero host) => host.OkAsync("PutItem",
        """{"TableName":"made","Item":{"p":{"S":"p"},"s":{"S":"s"},"a":{"S":"a"},"b":{"S":"b"}}}""");

    private static async Task<JsonElement> DescribeAsync(DynamoDbOnPortZero host) =>
        (await host.OkAsync("DescribeTable", """{"TableName":"made"}""")).GetProperty("Table");

    private static async Task<string> TagsAsync(DynamoDbOnPortZero host) => (await host.OkAsync("ListTagsOfResource",
        """{"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/made"}""")).GetRawText();

    private static (int Read, int Write) Units(JsonElement described)
    {
        var throughput = described.GetProperty("ProvisionedThroughput");
        return (throughput.GetProperty("ReadCapacityUnits").GetInt32(),
            throughput.GetProperty("WriteCapacityUnits").GetInt32());
    }

    // Name and number of items of each.
    private static async Task<string> IndexesAsync(DynamoDbOnPortZero host) =>
        (await DescribeAsync(host)).TryGetProperty("GlobalSecondaryIndexes", out var indexes)
            ? string.Join(' ', indexes.EnumerateArray().Select(index =>
                $"{index.GetProperty("IndexName")} {index.GetProperty("ItemCount")}"))
            : "";

    private static Task<DeployedStack> DeployAsync(DynamoDbOnPortZero host, string template) =>
        StackDeployment.DeployAsync(
            new TemplateSource("template.yaml", template), ParameterProfile.Empty, Deploy.Stack, [host.Module],
            TemplateParts.None, Deploy.Created, TestContext.Current.CancellationToken);

    private static async Task<DeployedStack> UpdateAsync(
        DynamoDbOnPortZero host, DeployedStack stack, string template)
    {
        var outcome = await RunAsync(host, stack, template);
        Assert.Null(outcome.Failure);
        return outcome.Stack;
    }

    private static async Task<UpdateOutcome> RunAsync(DynamoDbOnPortZero host, DeployedStack stack, string template) =>
        await new StackUpdate(
            Prepare(host, stack, template), new ProviderTable([host.Module], TemplateParts.None),
            () => Deploy.Created.AddHours(1), _ => { }).RunAsync(TestContext.Current.CancellationToken);

    private static UpdatePlan Prepare(DynamoDbOnPortZero host, DeployedStack stack, string template) =>
        UpdatePlan.Prepare(stack, new TemplateSource("template.yaml", template), ParameterProfile.Empty,
            new ProviderTable([host.Module], TemplateParts.None), TemplateParts.None);
}
