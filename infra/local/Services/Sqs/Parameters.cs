using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs;

/// <summary>Checks of parameters that several operations have.</summary>
internal static class Parameters
{
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

    /// <summary>1 to 80 letters, digits, hyphens and underscores: a standard queue's name.</summary>
    /// <exception cref="Wire.AwsException">MissingParameter, InvalidParameterValue.</exception>
    public static string QueueName(string? name)
    {
        Required(name, "QueueName");
        return name!.Length <= 80 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? name
            : throw SqsErrors.InvalidParameter(
                "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }
}
