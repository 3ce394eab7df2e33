using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Lambda.EventSources;

public sealed class MappingCreationTests
{
    [Theory]
    [InlineData("BatchSize: 11",
        "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10")]
    [InlineData("BatchSize: 10001", "BatchSize must be an integer from 1 to 10000")]
    [InlineData("MaximumBatchingWindowInSeconds: 301",
        "MaximumBatchingWindowInSeconds must be an integer from 0 to 300")]
    [InlineData("ScalingConfig: {MaximumConcurrency: 1}",
        "ScalingConfig.MaximumConcurrency must be an integer from 2 to 1000")]
    [InlineData("FilterCriteria: {Filters: [{Pattern: '[]'}]}", "Invalid filter pattern definition.")]
    [InlineData("FunctionResponseTypes: [Other]", "FunctionResponseTypes must be a list of ReportBatchItemFailures")]
    [InlineData("StartingPosition: LATEST",
        "Unsupported StartingPosition parameter for given event source mapping type.")]
    public async Task A_setting_that_cannot_be_honoured_stops_the_deployment(string setting, string message)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        Assert.Contains(message, await ErrorAsync(lambda, "work", "echo", setting), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_whose_visibility_timeout_is_shorter_than_the_functions_timeout_is_refused()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        lambda.Queue.Visibility = TimeSpan.FromSeconds(2);

        Assert.Contains("Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds",
            await ErrorAsync(lambda, "work", "echo"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing", "echo", "SQS Error Code: AWS.SimpleQueueService.NonExistentQueue.")]
    [InlineData("work", "missing", "Function does not exist")]
    public async Task Queue_and_function_must_exist(string queue, string function, string message)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();

        Assert.Contains(message, await ErrorAsync(lambda, queue, function), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_reads_a_queue_through_one_mapping()
    {
        await using var lambda = await LambdaOnPortZero.StartAsync();
        await lambda.DeployAsync(Mapping("work", "echo"));

        Assert.Contains("An event source mapping with SQS arn (\" arn:aws:sqs:us-east-1:000000000000:work \") and "
            + "function (\" echo \") already exists. Please update or delete the existing mapping with UUID ",
            await ErrorAsync(lambda, "work", "echo"), StringComparison.Ordinal);
    }

    private static async Task<string> ErrorAsync(
        LambdaOnPortZero lambda, string queue, string function, string setting = "Enabled: true") =>
        (await Assert.ThrowsAsync<DeploymentException>(
            () => lambda.DeployAsync(Mapping(queue, function, setting)))).Message;

    private static string Mapping(string queue, string function, string setting = "Enabled: true") => $$"""
          Mapping:
            Type: AWS::Lambda::EventSourceMapping
            Properties:
              EventSourceArn: arn:aws:sqs:us-east-1:000000000000:{{queue}}
              FunctionName: {{function}}
              {{setting}}
        """;
}
