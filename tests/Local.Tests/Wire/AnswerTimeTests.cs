using Isobar.Local.Ownership;
using Isobar.Local.Services.Sqs;

namespace Isobar.Local.Tests.Wire;

/// <summary>The time that every answer has, by which a client knows how far the services' clock is.</summary>
public sealed class AnswerTimeTests
{
    [Fact]
    public async Task The_header_Date_is_the_time_of_the_service_clock()
    {
        World world = null!;
        await using var host = await ModuleOnPortZero.StartAsync(made =>
        {
            world = made;
            return [new SqsModule(made.Context)];
        });
        using var clock = new ClockControl(world.Clock, world.Activity, TimeSpan.FromSeconds(20));
        await clock.AdvanceByAsync(TimeSpan.FromDays(4), default);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Address);
        request.Headers.Add("X-Amz-Target", "AmazonSQS.ListQueues");
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 "
            + "Credential=test/20260112/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0");

        using var answer = await client.SendAsync(request);

        // Whole seconds, by RFC 9110.
        Assert.InRange(
            world.Clock.GetUtcNow() - answer.Headers.Date!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }
}
