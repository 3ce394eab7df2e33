namespace Isobar.Local.Services.Sqs;

/// <summary>The queues, by account, region and name.</summary>
internal sealed class QueueDirectory
{
    private readonly Dictionary<QueueKey, MessageQueue> queues = [];
    private readonly Queue<(QueueKey Key, DateTimeOffset At)> deleted = new();
    private readonly StoredBytes stored = new();
    private long lastQueue;

    /// <summary>Bytes of messages in all queues, overhead included.</summary>
    public long StoredBytes => stored.Total;

    public IEnumerable<MessageQueue> All => queues.Values;

    public MessageQueue? Find(QueueKey key) => queues.GetValueOrDefault(key);

    /// <summary>The names of a region's queues, in order.</summary>
    public IEnumerable<string> Names(string accountId, string region) =>
        queues.Keys.Where(key => key.AccountId == accountId && key.Region == region)
            .Select(key => key.Name).Order(StringComparer.Ordinal);

    /// <returns>The new queue, or null when it exists with the same value of the attributes asked for.</returns>
    /// <exception cref="Wire.AwsException">QueueNameExists, QueueDeletedRecently, InvalidParameterValue (redrive
    /// policy), OverLimit.</exception>
    public MessageQueue? Create(
        Arn arn, QueueSettings settings, IEnumerable<string> attributesAskedFor, DateTimeOffset now)
    {
        var key = QueueKey.Of(arn);
        if (queues.TryGetValue(key, out var existing))
        {
            return QueueAttributes.Difference(existing.Settings, settings, attributesAskedFor) is { } name
                ? throw SqsErrors.QueueNameExists(name)
                : null;
        }

        while (deleted.TryPeek(out var oldest) && oldest.At + SqsLimits.QueueChangeInterval <= now) deleted.Dequeue();
        if (deleted.Any(entry => entry.Key == key)) throw SqsErrors.QueueDeletedRecently();
        if (queues.Count + deleted.Count >= SqsLimits.MaxQueues)
            throw SqsErrors.OverLimit($"This host holds at most {SqsLimits.MaxQueues} queues.");
        CheckRedrive(arn, settings);
        return queues[key] = new MessageQueue(++lastQueue, arn, settings, stored, now);
    }

    /// <exception cref="Wire.AwsException">InvalidParameterValue: the dead-letter queue is not there, or of the other
    /// type.</exception>
    /// <remarks>Source of the type's text: an error of a deployment to AWS.</remarks></exception>
    public void CheckRedrive(Arn queue, QueueSettings settings)
    {
        if (settings.Redrive is not { } redrive) return;
        var target = redrive.DeadLetterTarget;
        if (target.AccountId != queue.AccountId || target.Region != queue.Region
            || TypeOf(target) is not { } isFifo)
            throw RedrivePolicyText.Invalid(RedrivePolicyText.Write(redrive), "Dead letter target does not exist.");
        // AWS's text ends with two full stops.
        if (isFifo != settings.Fifo is not null)
            throw RedrivePolicyText.Invalid(
                RedrivePolicyText.Write(redrive), "Dead-letter queue must be same type of queue as the source..");

        bool? TypeOf(Arn arn) => Find(QueueKey.Of(arn)) is { } found ? found.Fifo is not null : null;
    }

    public void Delete(QueueKey key, DateTimeOffset now)
    {
        if (queues.Remove(key)) deleted.Enqueue((key, now));
    }
}
