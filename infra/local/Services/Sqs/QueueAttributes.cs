using System.Globalization;

namespace Isobar.Local.Services.Sqs;

/// <summary>Queue attributes as the API writes them: names and strings.</summary>
/// <remarks>Source: Amazon SQS API Reference, CreateQueue, SetQueueAttributes, GetQueueAttributes.</remarks>
internal static class QueueAttributes
{
    // Nothing is stored on disk here, so only AWS's default is taken; the other value would have no effect.
    private const string SqsManagedSseEnabled = "true";

    private static readonly HashSet<string> NotBuilt = new(
        ["Policy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "RedriveAllowPolicy"], StringComparer.Ordinal);

    /// <summary>The settings of a new queue, which is FIFO if the attribute FifoQueue is true.</summary>
    /// <exception cref="Wire.AwsException">As <see cref="Apply"/>.</exception>
    public static QueueSettings OfNew(IReadOnlyDictionary<string, string> attributes) =>
        Apply(IsFifo(attributes) ? QueueSettings.Default with { Fifo = FifoSettings.Default } : QueueSettings.Default,
            attributes);

    /// <summary>Whether a new queue of these attributes is FIFO.</summary>
    public static bool IsFifo(IReadOnlyDictionary<string, string> attributes) =>
        FifoSettings.IsTrue(attributes.GetValueOrDefault(FifoSettings.FifoQueue));

    /// <summary>Applies attributes to settings.</summary>
    /// <exception cref="Wire.AwsException">InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue,
    /// UnsupportedOperation.</exception>
    public static QueueSettings Apply(QueueSettings settings, IReadOnlyDictionary<string, string> attributes)
    {
        foreach (var (name, value) in attributes) settings = Apply(settings, name, value);
        settings.Fifo?.Check();
        return settings;
    }

    /// <summary>The first of the attributes whose value in the two settings differs, or null.</summary>
    public static string? Difference(QueueSettings one, QueueSettings other, IEnumerable<string> names)
    {
        var left = Write(one);
        var right = Write(other);
        return names.FirstOrDefault(name => left.GetValueOrDefault(name) != right.GetValueOrDefault(name));
    }

    /// <summary>The settings as attributes; what is not set has none.</summary>
    public static Dictionary<string, string> Write(QueueSettings settings)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["VisibilityTimeout"] = Seconds(settings.VisibilityTimeout),
            ["MessageRetentionPeriod"] = Seconds(settings.Retention),
            ["DelaySeconds"] = Seconds(settings.Delay),
            ["ReceiveMessageWaitTimeSeconds"] = Seconds(settings.ReceiveWait),
            ["MaximumMessageSize"] = Number(settings.MaximumMessageSize),
            ["SqsManagedSseEnabled"] = SqsManagedSseEnabled,
        };
        foreach (var (name, value) in settings.Fifo?.Write() ?? []) attributes[name] = value;
        if (settings.Redrive is { } redrive) attributes["RedrivePolicy"] = RedrivePolicyText.Write(redrive);
        return attributes;
    }

    /// <summary>Checks a name that GetQueueAttributes was asked for.</summary>
    /// <exception cref="Wire.AwsException">InvalidAttributeName.</exception>
    public static void CheckName(string? name)
    {
        if (name is null || !Readable.Contains(name)) throw SqsErrors.UnknownAttribute(name ?? "");
    }

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan time) => Number((long)time.TotalSeconds);

    private static readonly HashSet<string> Readable = new(
        [.. NotBuilt, .. FifoSettings.Attributes, .. Write(QueueSettings.Default).Keys, "All", "RedrivePolicy",
            "QueueArn",
            "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed", "CreatedTimestamp", "LastModifiedTimestamp"],
        StringComparer.Ordinal);

    private static QueueSettings Apply(QueueSettings settings, string name, string? value) => name switch
    {
        "VisibilityTimeout" => settings with
        {
            VisibilityTimeout = ReadSeconds(name, value, TimeSpan.Zero, SqsLimits.MaxVisibilityTimeout),
        },
        "MessageRetentionPeriod" => settings with
        {
            Retention = ReadSeconds(name, value, SqsLimits.MinRetention, SqsLimits.MaxRetention),
        },
        "DelaySeconds" => settings with { Delay = ReadSeconds(name, value, TimeSpan.Zero, SqsLimits.MaxDelay) },
        "ReceiveMessageWaitTimeSeconds" => settings with
        {
            ReceiveWait = ReadSeconds(name, value, TimeSpan.Zero, SqsLimits.MaxWait),
        },
        "MaximumMessageSize" => settings with
        {
            MaximumMessageSize = ReadNumber(name, value, SqsLimits.MinMaximumMessageSize, SqsLimits.MaxMessageBytes),
        },
        "RedrivePolicy" => settings with { Redrive = RedrivePolicyText.Read(value) },
        "SqsManagedSseEnabled" when value is SqsManagedSseEnabled => settings,
        "SqsManagedSseEnabled" when value is not "false" => throw SqsErrors.InvalidAttributeValue(name),
        _ when settings.Fifo is { } fifo && FifoSettings.Attributes.Contains(name) =>
            settings with { Fifo = fifo.Apply(name, value) },
        "DeduplicationScope" or "FifoThroughputLimit" => throw SqsErrors.InvalidAttributeName(
            $"You can specify the {name} only when FifoQueue is set to true."),
        "SqsManagedSseEnabled" =>
            throw SqsErrors.UnsupportedOperation($"The value {value} of {name} is not supported."),
        _ when NotBuilt.Contains(name) =>
            throw SqsErrors.UnsupportedOperation($"The attribute {name} is not supported."),
        _ => throw SqsErrors.UnknownAttribute(name),
    };

    private static TimeSpan ReadSeconds(string name, string? value, TimeSpan least, TimeSpan most) =>
        TimeSpan.FromSeconds(ReadNumber(name, value, (int)least.TotalSeconds, (int)most.TotalSeconds));

    private static int ReadNumber(string name, string? value, int least, int most) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most
            ? number
            : throw SqsErrors.InvalidAttributeValue(name);
}
