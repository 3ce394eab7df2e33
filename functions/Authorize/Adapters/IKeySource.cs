namespace Isobar.Authorize;

/// <summary>Where the public keys are that verify tokens.</summary>
public interface IKeySource
{
    /// <summary>The keys of this moment; asked for at each invocation.</summary>
    /// <exception cref="KeysUnavailableException">There are none to be had, or what is there is no key set.</exception>
    ValueTask<PublicKeys> GetAsync();
}

/// <summary>Nobody can say now whether a token is valid.</summary>
/// <param name="reason">Why, for the log: no word of the keys is in it.</param>
/// <remarks>
/// The function fails with it, so that the gateway answers 500. A 401 would be wrong: it tells callers that their token
/// is invalid, and they would throw a good one away. 500 tells them to try again, and counts as an error of the
/// service. Either way nothing is let in.
/// </remarks>
public sealed class KeysUnavailableException(string reason, Exception? inner = null) : Exception(reason, inner);
