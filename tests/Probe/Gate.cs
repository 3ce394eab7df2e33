namespace Isobar.Probe;

/// <summary>
/// A queue, named by the variable <c>GATE</c>, at which the Probe waits for a message: so a test holds it back and lets
/// it go on. Each message lets one through.
/// </summary>
internal static class Gate
{
    public static void Pass()
    {
        var queue = Environment.GetEnvironmentVariable("GATE")!;
        while (true)
        {
            using var received = AwsCall.Make(
                "sqs", "AmazonSQS.ReceiveMessage", "1.0", new() { ["QueueUrl"] = queue, ["WaitTimeSeconds"] = 20 });
            if (!received.RootElement.TryGetProperty("Messages", out var messages)) continue;
            var handle = messages[0].GetProperty("ReceiptHandle").GetString()!;
            AwsCall.Make(
                "sqs", "AmazonSQS.DeleteMessage", "1.0", new() { ["QueueUrl"] = queue, ["ReceiptHandle"] = handle })
                .Dispose();
            return;
        }
    }
}
