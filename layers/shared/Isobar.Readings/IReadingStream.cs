namespace Isobar.Readings;

/// <summary>Puts records to the stream of readings.</summary>
public interface IReadingStream
{
    /// <summary>
    /// Puts every record, at least once, and tries those again that were refused for now, a few times: by a throttle,
    /// or an error of the service or the network. Any other error is thrown at once.
    /// </summary>
    /// <exception cref="StreamMissingException">There is no such stream.</exception>
    Task<PutOutcome> PutAsync(IReadOnlyList<StreamEntry> entries, CancellationToken cancellationToken);
}

/// <summary>What became of records.</summary>
/// <param name="Refused">The indexes of those that were still refused at last, in order; they may be put again.</param>
/// <param name="Reason">Why the last of them was refused; null when none was.</param>
public sealed record PutOutcome(IReadOnlyList<int> Refused, string? Reason);
