namespace Isobar.Local.Edge.Events;

/// <summary>What a function returned is not what CloudFront accepts: the viewer gets 502.</summary>
/// <param name="message">Which rule it breaks, as a sentence.</param>
internal sealed class InvalidResultException(string message) : Exception(message);
