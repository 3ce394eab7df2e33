using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs;

/// <summary>Checks of parameters that several operations have.</summary>
internal static class Parameters
{
    /// <summary>The end of a FIFO queue's name.</summary>
    public const string FifoEnding = ".fifo";

    public static string Required(string? value, string name) =>
        string.IsNullOrEmpty(value) ? throw SqsErrors.MissingParameter(name) : value;

    /// <summary>
    /// Checks a request's values. What they break is told after a parameter that is missing, and after a queue that
    /// does not exist.
    /// </summary>
    /// <exception cref="AwsException">QueueDoesNotExist, and what the checks throw.</exception>
    public static T Check<T>(Monitor<SqsState> queues, QueueKey queue, Func<T> check)
    {
        try
        {
            return check();
        }
        catch (AwsException e) when (e.Code != SqsErrors.MissingParameterCode)
        {
            if (queues.Ask((state, _) => state.Exists(queue))) throw;
            throw SqsErrors.QueueDoesNotExist();
        }
    }

    /// <summary>A visibility timeout of 0 s to 12 h.</summary>
    /// <exception cref="Wire.AwsException">InvalidParameterValue.</exception>
    public static TimeSpan VisibilityTimeout(int seconds) =>
        seconds >= 0 && seconds <= SqsLimits.MaxVisibilityTimeout.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw SqsErrors.InvalidParameter(
                "VisibilityTimeout", seconds, "VisibilityTimeout must be an integer between 0 and 43200.");

    /// <summary>1 to 128 letters, digits and punctuation characters; null is not checked.</summary>
    /// <exception cref="AwsException">InvalidParameterValue.</exception>
    public static void CheckId(string name, string? id)
    {
        if (id is null || (id.Length is > 0 and <= SqsLimits.MaxGroupIdLength && id.All(c => c is > ' ' and <= '~')))
            return;
        throw SqsErrors.InvalidParameter(name, id, $"{name} can only include alphanumeric and punctuation characters. "
            + $"1 to {SqsLimits.MaxGroupIdLength} in length.");
    }

    /// <summary>
    /// 1 to 80 letters, digits, hyphens and underscores, of which a FIFO queue's name ends with <c>.fifo</c>.
    /// </summary>
    /// <exception cref="Wire.AwsException">MissingParameter, InvalidParameterValue.</exception>
    public static string QueueName(string? name, bool isFifo)
    {
        Required(name, "QueueName");
        var hasEnding = name!.EndsWith(FifoEnding, StringComparison.Ordinal);
        var start = isFifo && hasEnding ? name[..^FifoEnding.Length] : name;
        if (name.Length <= 80 && start.Length > 0 && hasEnding == isFifo
            && start.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return name;
        throw SqsErrors.InvalidParameter(isFifo
            ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end "
                + "with .fifo suffix and be 1 to 80 in length"
            : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }
}
