namespace Isobar.Parameters.Caching;

/// <summary>What Parameter Store or Secrets Manager answered.</summary>
/// <param name="Body">The JSON that callers get.</param>
/// <param name="IsSecure">A SecureString: with and without decryption are two answers.</param>
internal sealed record SourceAnswer(byte[] Body, bool IsSecure)
{
    /// <summary>Never the value.</summary>
    public override string ToString() => $"{Body.Length} bytes";
}

/// <summary>
/// The source has answered, with a refusal: asking again would not help, and what was cached is no longer true.
/// </summary>
/// <param name="code">AWS's, such as <c>ParameterNotFound</c>.</param>
internal sealed class RefusedException(string code) : Exception(code)
{
    public string Code { get; } = code;
}

/// <summary>The source has not answered, or only that it can't now: what is cached is the best that there is.</summary>
/// <param name="reason">For the log; without any value.</param>
internal sealed class AwayException(string reason) : Exception(reason);

/// <summary>Asks AWS for values.</summary>
internal interface ISource
{
    /// <exception cref="RefusedException">The value is not there or not permitted.</exception>
    /// <exception cref="AwayException">There is no answer now.</exception>
    Task<SourceAnswer> FetchAsync(Wanted wanted);
}
