namespace Isobar.Local.Lineage;

/// <summary>How often Lambda tries an asynchronous event, and where it puts one that fails each time.</summary>
/// <param name="Queue">Its name in the template.</param>
/// <param name="Attempts">1 to 3: the first and the retries, of which there are two unless the template has another
/// number.</param>
/// <remarks>Source: AWS Lambda Developer Guide, error handling for asynchronous invocation: two retries, one minute
/// after the first attempt and two minutes after the second.</remarks>
internal sealed record EventRetries(string Queue, int Attempts = 3)
{
    /// <summary>When they are, after the event has come.</summary>
    public string Minutes => Attempts switch
    {
        1 => "0",
        2 => "0 and 1",
        _ => "0, 1 and 3",
    };
}
