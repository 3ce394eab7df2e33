using System.Text.Json;
using Isobar.Local.Deployment;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Services.Sqs;

public sealed class QueueProviderTests
{
    private const string Queues = """
        Resources:
          Failures:
            Type: AWS::SQS::Queue
            Properties: {MessageRetentionPeriod: 1209600, SqsManagedSseEnabled: true, Tags: [{Key: a, Value: b}]}
          Chunks:
            Type: AWS::SQS::Queue
            Properties:
              QueueName: chunks
              VisibilityTimeout: "90"
              DelaySeconds: 1
              ReceiveMessageWaitTimeSeconds: 20
              MaximumMessageSize: 2048
              RedrivePolicy: {deadLetterTargetArn: !GetAtt Failures.Arn, maxReceiveCount: 5}
        Outputs:
          Url: {Value: !Ref Chunks}
          Arn: {Value: !GetAtt Chunks.Arn}
          Name: {Value: !GetAtt Chunks.QueueName}
          SameUrl: {Value: !GetAtt Chunks.QueueUrl}
          Failures: {Value: !GetAtt Failures.QueueName}
        """;

    [Fact]
    public async Task A_queue_of_the_template_exists_as_it_was_declared()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();

        var outputs = (await DeployAsync(sqs, Queues)).Outputs.ToDictionary(
            output => output.Key, output => output.Value);

        Assert.Equal($"{sqs.Address}000000000000/chunks", outputs["Url"]);
        Assert.Equal(outputs["Url"], outputs["SameUrl"]);
        Assert.Equal("arn:aws:sqs:us-east-1:000000000000:chunks", outputs["Arn"]);
        Assert.Equal("chunks", outputs["Name"]);
        Assert.StartsWith("isobar-Failures-", outputs["Failures"], StringComparison.Ordinal);
        var (_, answer) = await sqs.PostAsync(
            "GetQueueAttributes", $$"""{"QueueUrl":"{{outputs["Url"]}}","AttributeNames":["All"]}""");
        var attributes = answer.GetProperty("Attributes");
        Assert.Equal(["90", "1", "20", "2048", "345600"], Values(attributes, "VisibilityTimeout", "DelaySeconds",
            "ReceiveMessageWaitTimeSeconds", "MaximumMessageSize", "MessageRetentionPeriod"));
        var failures = SqsOnPortZero.ArnOf(outputs["Failures"]);
        Assert.Equal($$"""{"deadLetterTargetArn":"{{failures}}","maxReceiveCount":5}""",
            attributes.GetProperty("RedrivePolicy").GetString());
    }

    [Fact]
    public async Task A_FIFO_queue_of_the_template_exists_as_it_was_declared()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();

        var outputs = (await DeployAsync(sqs, """
            Resources:
              Summaries:
                Type: AWS::SQS::Queue
                Properties:
                  FifoQueue: true
                  ContentBasedDeduplication: true
                  DeduplicationScope: messageGroup
                  FifoThroughputLimit: perMessageGroupId
            Outputs:
              Url: {Value: !Ref Summaries}
              Name: {Value: !GetAtt Summaries.QueueName}
            """)).Outputs.ToDictionary(output => output.Key, output => output.Value);

        Assert.StartsWith("isobar-Summaries-", outputs["Name"], StringComparison.Ordinal);
        Assert.EndsWith(".fifo", outputs["Name"], StringComparison.Ordinal);
        var (_, answer) = await sqs.PostAsync(
            "GetQueueAttributes", $$"""{"QueueUrl":"{{outputs["Url"]}}","AttributeNames":["All"]}""");
        Assert.Equal(["true", "true", "messageGroup", "perMessageGroupId"], Values(answer.GetProperty("Attributes"),
            "FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"));
    }

    [Fact]
    public async Task What_changes_nothing_locally_is_listed()
    {
        await using var sqs = await SqsOnPortZero.StartAsync();

        var stack = await DeployAsync(sqs, Queues);

        Assert.Equal(["SqsManagedSseEnabled", "Tags"], stack.Inert.Select(setting => setting.Property).Order());
    }

    [Theory]
    [InlineData("QueueName: chunks, FifoQueue: true", "must end with .fifo suffix")]
    [InlineData("ContentBasedDeduplication: true", "Unknown Attribute ContentBasedDeduplication")]
    [InlineData("DeduplicationScope: queue", "only when FifoQueue is set to true")]
    [InlineData("FifoQueue: true, FifoThroughputLimit: perMessageGroupId",
        "only when DeduplicationScope is messageGroup")]
    [InlineData("VisibilityTimeout: 43201", "VisibilityTimeout must be an integer from 0 to 43200, not 43201")]
    [InlineData("RedrivePolicy: {maxReceiveCount: 5}", "property RedrivePolicy.deadLetterTargetArn is required")]
    [InlineData("RedrivePolicy: {deadLetterTargetArn: failures, maxReceiveCount: 5}", "must be the ARN of a queue")]
    [InlineData("RedrivePolicy: {deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:none', maxReceiveCount: 5}",
        "Dead letter target does not exist")]
    [InlineData("QueueName: a b", "Can only include alphanumeric characters")]
    public async Task A_declaration_that_can_not_be_honoured_is_an_error_at_its_resource(string property, string error)
    {
        await using var sqs = await SqsOnPortZero.StartAsync();

        var refused = await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(
            sqs, $"Resources:\n  Chunks:\n    Type: AWS::SQS::Queue\n    Properties: {{{property}}}"));

        Assert.Contains(error, Assert.Single(refused.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal("Chunks", refused.Errors[0].LogicalId);
    }

    private static Task<DeployedStack> DeployAsync(SqsOnPortZero sqs, string template) => StackDeployment.DeployAsync(
        new TemplateSource("template.yaml", template),
        ParameterProfile.Empty, Deploy.Stack, [sqs.Module], TemplateParts.None, Deploy.Created,
        TestContext.Current.CancellationToken);

    private static string[] Values(JsonElement attributes, params string[] names) =>
        [.. names.Select(name => attributes.GetProperty(name).GetString()!)];
}
