namespace Isobar.Api;

/// <summary>A problem document, like those with which the gateway answers for itself.</summary>
/// <param name="Type"><c>about:blank</c>: the status says all that a program can act on.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Detail">What is wrong with this very request.</param>
/// <param name="Instance">This very request: the gateway's id of it, which its answer's header has too.</param>
/// <remarks>Source: RFC 9457.</remarks>
internal sealed record Problem(string Type, string Title, int Status, string Detail, string Instance);
