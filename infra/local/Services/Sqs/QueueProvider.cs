using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Sqs;

/// <summary>Creates <c>AWS::SQS::Queue</c>: Ref gives the URL, GetAtt Arn, QueueName and QueueUrl.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::SQS::Queue.</remarks>
internal static class QueueProvider
{
    public const string Type = "AWS::SQS::Queue";

    /// <param name="address">Where the host listens; the URL begins with it.</param>
    /// <exception cref="DeploymentException">A property that is not supported, or not valid.</exception>
    /// <exception cref="Wire.AwsException">What CreateQueue would answer.</exception>
    public static DeployedResource Create(Monitor<SqsState> queues, Uri address, ResourceDeclaration declaration)
    {
        var arn = ArnOf(declaration);
        var settings = Read(declaration.Properties);
        queues.Post((state, now) => state.Create(arn, settings, QueueAttributes.Write(settings).Keys, now));
        return Deployed(declaration, arn, address);
    }

    /// <summary>Changes a queue's attributes; its messages stay.</summary>
    /// <exception cref="DeploymentException">A property that is not supported, or not valid.</exception>
    /// <exception cref="Wire.AwsException">What SetQueueAttributes would answer.</exception>
    public static DeployedResource Change(Monitor<SqsState> queues, Uri address, ResourceDeclaration declaration)
    {
        var arn = ArnOf(declaration);
        var settings = Read(declaration.Properties);
        queues.Post((state, now) => state.Configure(QueueKey.Of(arn), settings, now));
        return Deployed(declaration, arn, address);
    }

    public static void Delete(Monitor<SqsState> queues, ResourceDeletion deletion)
    {
        var key = QueueKey.Of(ArnOf(deletion.Declaration));
        queues.Post((state, now) =>
        {
            if (state.Exists(key)) state.Delete(key, now);
        });
    }

    private static Arn ArnOf(ResourceDeclaration declaration)
    {
        var stack = declaration.Stack;
        var isFifo = declaration.Properties.OptionalBoolean(FifoSettings.FifoQueue) is true;
        var name = declaration.Properties.OptionalString("QueueName") ?? PhysicalName.Generate(
            stack, declaration.LogicalId, maxLength: 80, isFifo ? Parameters.FifoEnding : "");
        return new Arn(stack.Partition, "sqs", stack.Region, stack.AccountId, Parameters.QueueName(name, isFifo));
    }

    private static DeployedResource Deployed(ResourceDeclaration declaration, Arn arn, Uri address)
    {
        var url = QueueKey.Of(arn).ToUrl(address.GetLeftPart(UriPartial.Authority));
        return new DeployedResource(declaration.LogicalId, Type, url, url, new Dictionary<string, string>
        {
            ["Arn"] = arn.ToString(),
            ["QueueName"] = arn.Resource,
            ["QueueUrl"] = url,
        });
    }

    private static QueueSettings Read(PropertyReader properties)
    {
        var standard = QueueSettings.Default;
        TimeSpan Seconds(string name, TimeSpan least, TimeSpan most, TimeSpan otherwise) =>
            properties.OptionalInt32(name, (int)least.TotalSeconds, (int)most.TotalSeconds) is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : otherwise;

        var settings = new QueueSettings(
            Seconds("VisibilityTimeout", TimeSpan.Zero, SqsLimits.MaxVisibilityTimeout, standard.VisibilityTimeout),
            Seconds("MessageRetentionPeriod", SqsLimits.MinRetention, SqsLimits.MaxRetention, standard.Retention),
            Seconds("DelaySeconds", TimeSpan.Zero, SqsLimits.MaxDelay, standard.Delay),
            Seconds("ReceiveMessageWaitTimeSeconds", TimeSpan.Zero, SqsLimits.MaxWait, standard.ReceiveWait),
            properties.OptionalInt32(
                "MaximumMessageSize", SqsLimits.MinMaximumMessageSize, SqsLimits.MaxMessageBytes)
                ?? standard.MaximumMessageSize,
            Redrive(properties))
        {
            Fifo = Fifo(properties),
        };
        properties.Inert("RedriveAllowPolicy", "every queue may name this one as its dead-letter queue");
        properties.Inert("SqsManagedSseEnabled", "messages are in memory only, so nothing is encrypted on disk");
        properties.Inert("Tags", "tags are neither shown nor used for permissions");
        properties.Finish();
        return settings;
    }

    // CloudFormation hands these on as attributes, and the API refuses them for a standard queue.
    private static FifoSettings? Fifo(PropertyReader properties)
    {
        var isFifo = properties.OptionalBoolean(FifoSettings.FifoQueue) is true;
        var given = new Dictionary<string, string>();
        if (properties.OptionalBoolean("ContentBasedDeduplication") is { } byContent)
            given["ContentBasedDeduplication"] = byContent ? "true" : "false";
        foreach (var name in new[] { "DeduplicationScope", "FifoThroughputLimit" })
            if (properties.OptionalString(name) is { } value) given[name] = value;
        var start = isFifo ? QueueSettings.Default with { Fifo = FifoSettings.Default } : QueueSettings.Default;
        return QueueAttributes.Apply(start, given).Fifo;
    }

    private static RedrivePolicy? Redrive(PropertyReader properties)
    {
        if (properties.OptionalMap("RedrivePolicy") is not { } policy) return null;
        var target = policy.RequiredString("deadLetterTargetArn");
        var maxReceiveCount = policy.RequiredInt32("maxReceiveCount", 1, SqsLimits.MaxRedriveReceiveCount);
        if (Arn.TryParse(target) is { Service: "sqs" } arn) return new RedrivePolicy(arn, maxReceiveCount);
        policy.Refuse("deadLetterTargetArn", $"must be the ARN of a queue, not {target}");
        return null;
    }
}
