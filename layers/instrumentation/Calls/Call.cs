namespace Isobar.Instrumentation.Calls;

/// <summary>An HTTP call that the function made.</summary>
/// <param name="Begun">When the request was sent.</param>
/// <param name="Duration">Until the headers of the response were there, or until it failed.</param>
/// <param name="Status">Of the response; 0 without one.</param>
internal readonly record struct Call(string Method, Uri Address, DateTimeOffset Begun, TimeSpan Duration, int Status)
{
    /// <summary>Whether the other side failed: it answered with a 5xx, or did not answer.</summary>
    public bool IsFault => Status is 0 or >= 500;

    /// <summary>Host, and port where it is not the scheme's.</summary>
    public string Host => Address.IsDefaultPort ? Address.IdnHost : $"{Address.IdnHost}:{Address.Port}";
}
