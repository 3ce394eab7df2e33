using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Lambda.Delivery;

public sealed class EventInvokeConfigDeploymentTests
{
    private const string ToQueue = "DestinationConfig: {OnFailure: {Destination: 'arn:aws:sqs:us-east-1:000000000000:";

    [Fact]
    public async Task A_destination_changed_in_the_template_alone_takes_the_next_event_and_the_code_stays()
    {
        await using var world = await DestinationWorld.StartAsync($"MaximumRetryAttempts: 0, {ToQueue}one'}}}}");
        var before = await world.Lambda.SendAsync(HttpMethod.Get, "/2015-03-31/functions/echo/configuration");
        await world.QueueAsync();
        await world.QuietAsync();

        await world.Lambda.DeployAsync(
            DestinationWorld.Resources($"MaximumRetryAttempts: 0, {ToQueue}two'}}}}"));
        await world.QueueAsync();
        await world.QuietAsync();

        Assert.Equal((1, 1), (world.Queues.Texts("one").Length, world.Queues.Texts("two").Length));
        var after = await world.Lambda.SendAsync(HttpMethod.Get, "/2015-03-31/functions/echo/configuration");
        Assert.Equal((string?)before.Json["CodeSha256"], (string?)after.Json["CodeSha256"]);
    }

    [Fact]
    public async Task An_event_that_waits_goes_where_the_template_says_when_it_ends()
    {
        await using var world = await DestinationWorld.StartAsync($"MaximumRetryAttempts: 1, {ToQueue}one'}}}}");
        await world.QueueAsync();
        await world.QuietAsync();

        await world.Lambda.DeployAsync(
            DestinationWorld.Resources($"MaximumRetryAttempts: 1, {ToQueue}two'}}}}"));
        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((0, 1), (world.Queues.Texts("one").Length, world.Queues.Texts("two").Length));
    }

    [Theory]
    [InlineData("DestinationConfig: {OnFailure: {Destination: !GetAtt Echo.Arn}}",
        "You can't specify the function as a destination for itself.")]
    [InlineData("DestinationConfig: {OnSuccess: {Destination: 'arn:aws:lambda:us-east-1:000000000000:function:no'}}",
        "The destination ARN arn:aws:lambda:us-east-1:000000000000:function:no is invalid.")]
    [InlineData("DestinationConfig: {OnSuccess: {Destination: 'arn:aws:s3:::bucket'}}",
        "The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=arn:aws:s3:::bucket), "
        + "onFailure=null) is invalid.")]
    [InlineData("MaximumRetryAttempts: 3", "MaximumRetryAttempts must be an integer from 0 to 2, not 3")]
    [InlineData("MaximumEventAgeInSeconds: 59", "MaximumEventAgeInSeconds must be an integer from 60 to 21600, not 59")]
    [InlineData("MaximumEventAge: 60", "property MaximumEventAge of AWS::Lambda::EventInvokeConfig is not supported")]
    [InlineData("DestinationConfig: {OnFailure: {Type: SQS, Destination: 'arn:aws:sqs:us-east-1:000000000000:q'}}",
        "property DestinationConfig.OnFailure.Type of AWS::Lambda::EventInvokeConfig is not supported")]
    public async Task What_AWS_would_refuse_stops_the_deployment(string config, string message)
    {
        var error = await Assert.ThrowsAsync<DeploymentException>(() => DestinationWorld.StartAsync(config));
        Assert.Contains(message, error.Message);
    }

    [Theory]
    [InlineData("DeadLetterConfig: {TargetArn: 'arn:aws:lambda:us-east-1:000000000000:function:f'}",
        "DeadLetterConfig.TargetArn must be the ARN of a queue or a topic")]
    [InlineData("DeadLetterConfig: {Target: x}", "property DeadLetterConfig.Target of AWS::Lambda::Function")]
    public async Task A_dead_letter_target_is_a_queue_or_a_topic(string property, string message)
    {
        var error = await Assert.ThrowsAsync<DeploymentException>(
            () => DestinationWorld.StartAsync("", $"      {property}"));
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public async Task GetFunction_shows_the_dead_letter_target()
    {
        await using var world = await DestinationWorld.StartAsync(
            "", "      DeadLetterConfig: {TargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead'}");
        var answer = await world.Lambda.SendAsync(HttpMethod.Get, "/2015-03-31/functions/echo");
        Assert.Equal("arn:aws:sqs:us-east-1:000000000000:dead",
            (string?)answer.Json["Configuration"]!["DeadLetterConfig"]!["TargetArn"]);
    }
}
