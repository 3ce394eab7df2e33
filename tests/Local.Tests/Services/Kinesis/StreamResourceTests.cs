using System.Text.Json.Nodes;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Services.Kinesis;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Services.Kinesis;

public sealed class StreamResourceTests
{
    [Fact]
    public async Task Ref_gives_the_name_and_GetAtt_the_arn()
    {
        var stack = await DeployAsync(new World(), """
            Resources:
              Readings:
                Type: AWS::Kinesis::Stream
                Properties:
                  Name: readings
                  ShardCount: 2
                  RetentionPeriodHours: 48
                  Tags: [{Key: team, Value: data}]
                  StreamEncryption: {EncryptionType: KMS, KeyId: alias/aws/kinesis}
            Outputs:
              All: {Value: !Sub '${Readings} ${Readings.Arn}'}
            """);

        Assert.Equal("readings arn:aws:kinesis:us-east-1:000000000000:stream/readings",
            Assert.Single(stack.Outputs).Value);
        Assert.Equal(["StreamEncryption"], stack.Inert.Select(inert => inert.Property));
    }

    [Theory]
    [InlineData("RetentionPeriodHours: 48", "a stream in provisioned mode must have a ShardCount")]
    [InlineData("ShardCount: 1, StreamModeDetails: {StreamMode: ON_DEMAND}", "a stream in on-demand mode has none")]
    [InlineData("ShardCount: 1, RetentionPeriodHours: 23", "RetentionPeriodHours must be")]
    [InlineData("ShardCount: 1, DesiredShardLevelMetrics: [ALL]",
        "property DesiredShardLevelMetrics of AWS::Kinesis::Stream is not supported")]
    public async Task What_a_stream_cannot_do_here_stops_the_deployment(string properties, string reason)
    {
        var error = await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(
            new World(), "Resources: {S: {Type: 'AWS::Kinesis::Stream', Properties: {" + properties + "}}}"));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shards_mode_retention_and_tags_change_in_place_and_the_records_stay()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        var stack = await DeployAsync(kinesis.World, Readings(
            "Name: readings, ShardCount: 2, Tags: [{Key: a, Value: b}]"), kinesis.Module);
        await kinesis.PutAsync("readings", "a", "kept");

        var changed = await UpdateAsync(kinesis, stack, Readings(
            "Name: readings, ShardCount: 3, RetentionPeriodHours: 72, Tags: [{Key: c, Value: d}]"));

        Assert.Null(changed.Failure);
        var summary = await SummaryAsync();
        Assert.Equal((3, 72), ((int)summary["OpenShardCount"]!, (int)summary["RetentionPeriodHours"]!));
        Assert.Equal(["kept"], await kinesis.TextsAsync("readings"));
        Assert.Equal("""{"Tags":[{"Key":"c","Value":"d"}],"HasMoreTags":false}""", (await kinesis.OkAsync(
            "ListTagsForStream", """{"StreamName":"readings"}""")).ToJsonString());
        var failed = await UpdateAsync(kinesis, stack, Readings("Name: readings, ShardCount: 7"));
        Assert.Contains("cannot scale up over double", $"{failed.Failure}", StringComparison.Ordinal);
        Assert.Equal(3, (int)(await SummaryAsync())["OpenShardCount"]!);

        async Task<JsonNode> SummaryAsync() => (await kinesis.OkAsync(
            "DescribeStreamSummary", """{"StreamName":"readings"}"""))["StreamDescriptionSummary"]!;
    }

    [Fact]
    public async Task Another_name_is_another_stream_and_the_old_one_goes()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        var stack = await DeployAsync(kinesis.World, Readings("Name: old, ShardCount: 1"), kinesis.Module);

        await UpdateAsync(kinesis, stack, Readings("Name: new, ShardCount: 1"));

        Assert.Equal("""["new"]""",
            (await kinesis.OkAsync("ListStreams", "{}"))["StreamNames"]!.ToJsonString());
    }

    private static string Readings(string properties) =>
        "Resources: {Readings: {Type: 'AWS::Kinesis::Stream', Properties: {" + properties + "}}}";

    private static async Task<UpdateOutcome> UpdateAsync(
        KinesisOnPortZero kinesis, DeployedStack stack, string template)
    {
        var providers = new ProviderTable([kinesis.Module], TemplateParts.None);
        var plan = UpdatePlan.Prepare(
            stack, new TemplateSource("template.yaml", template), ParameterProfile.Empty, providers,
            TemplateParts.None);
        return await new StackUpdate(plan, providers, () => Deploy.Created.AddHours(1), _ => { })
            .RunAsync(TestContext.Current.CancellationToken);
    }

    private static Task<DeployedStack> DeployAsync(
        World world, string template, KinesisModule? module = null) => StackDeployment.DeployAsync(
        new TemplateSource("template.yaml", template), ParameterProfile.Empty, Deploy.Stack,
        [module ?? new KinesisModule(world.Context)], TemplateParts.None, Deploy.Created,
        TestContext.Current.CancellationToken);
}
