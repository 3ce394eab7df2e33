namespace Isobar.Local.Services.Sqs;

/// <summary>Every number of the service.</summary>
/// <remarks>Source, unless said otherwise: Amazon SQS Developer Guide, "Amazon SQS message quotas" and
/// "standard queue quotas"; Amazon SQS API Reference, CreateQueue and SetQueueAttributes.</remarks>
internal static class SqsLimits
{
    /// <summary>The largest message and the largest sum of a batch, in bytes of body and attributes.</summary>
    /// <remarks>1 MiB since August 2025.</remarks>
    public const int MaxMessageBytes = 1_048_576;

    /// <summary>The smallest value of MaximumMessageSize, in bytes.</summary>
    public const int MinMaximumMessageSize = 1_024;

    /// <summary>
    /// Messages of one queue that are received and not yet deleted. At the limit a short poll of a standard queue is
    /// refused; a FIFO queue answers with no messages.
    /// </summary>
    public const int MaxInFlight = 120_000;

    public const int MaxBatchEntries = 10;

    /// <summary>Messages that one ReceiveMessage returns.</summary>
    public const int MaxReceiveMessages = 10;

    public const int MaxMessageAttributes = 10;

    /// <summary>Characters of a message attribute's name, and of its type.</summary>
    public const int MaxAttributeNameLength = 256;

    /// <summary>Characters of a MessageGroupId, a MessageDeduplicationId and a ReceiveRequestAttemptId.</summary>
    /// <remarks>Source: Amazon SQS API Reference, SendMessage and ReceiveMessage.</remarks>
    public const int MaxGroupIdLength = 128;

    /// <summary>Receives of one FIFO queue that are remembered by their ReceiveRequestAttemptId.</summary>
    /// <remarks>A limit of this host; AWS states no figure.</remarks>
    public const int MaxReceiveAttempts = 10_000;

    /// <summary>Bytes of memory that a deduplication id takes for five minutes, rounded up.</summary>
    public const int DeduplicationBytes = 512;

    /// <summary>Queue URLs that one ListQueues returns.</summary>
    public const int MaxListResults = 1_000;

    public const int MaxRedriveReceiveCount = 1_000;

    /// <summary>The largest request body, in bytes: 1 MiB of text whose every byte JSON may write as six.</summary>
    /// <remarks>A limit of this host; AWS states no figure.</remarks>
    public const int MaxRequestBytes = 8 * 1_048_576;

    /// <summary>Queues, deleted ones of the last minute included.</summary>
    /// <remarks>A limit of this host; AWS has none.</remarks>
    public const int MaxQueues = 10_000;

    /// <summary>Receives that wait for messages at one time, in all queues.</summary>
    /// <remarks>A limit of this host, above the number of connections that it takes.</remarks>
    public const int MaxParkedReceives = 4_000;

    /// <summary>
    /// Bytes of messages held in memory, in all queues, each with its <see cref="MessageOverheadBytes"/>.
    /// </summary>
    /// <remarks>A limit of this host; AWS has none.</remarks>
    public const long MaxStoredBytes = 2_147_483_648;

    /// <summary>
    /// Bytes of memory that a message takes beside body and attributes, measured and rounded up.
    /// </summary>
    public const int MessageOverheadBytes = 768;

    /// <summary>
    /// Bytes of messages that an event source mapping receives at once: an event can't be larger.
    /// </summary>
    /// <remarks>Source: AWS Lambda Developer Guide, "Lambda quotas", invocation payload (6 MB, synchronous).</remarks>
    public const int MaxEventBytes = 6 * 1_048_576;

    /// <summary>How long a FIFO queue remembers what it accepted, and the answers of receive attempts.</summary>
    /// <remarks>Source: Amazon SQS API Reference, SendMessage, MessageDeduplicationId, and ReceiveMessage,
    /// ReceiveRequestAttemptId.</remarks>
    public static readonly TimeSpan DeduplicationInterval = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan DefaultVisibilityTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Also the longest that a message stays hidden after one receive, extensions included.</summary>
    public static readonly TimeSpan MaxVisibilityTimeout = TimeSpan.FromHours(12);

    public static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(4);

    public static readonly TimeSpan MinRetention = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan MaxRetention = TimeSpan.FromDays(14);

    public static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);

    /// <summary>Between two PurgeQueue calls, and between DeleteQueue and CreateQueue of the same name.</summary>
    public static readonly TimeSpan QueueChangeInterval = TimeSpan.FromSeconds(60);
}
