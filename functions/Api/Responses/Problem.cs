namespace Isobar.Api;

/// <summary>A problem document, in the form that the gateway's own errors have.</summary>
/// <param name="Type"><c>about:blank</c>: there is no more to know than the status.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Detail">What is wrong with this request.</param>
/// <param name="Instance">The gateway's id of this request, which is also in the response's headers.</param>
/// <param name="Errors">What is wrong with which items of the request's list; absent unless that is the case.</param>
/// <remarks>Source: RFC 9457; <c>errors</c> is an extension member of this API.</remarks>
internal sealed record Problem(
    string Type, string Title, int Status, string Detail, string Instance, IReadOnlyList<ItemError>? Errors = null);

/// <summary>What is wrong with one item of a list.</summary>
/// <param name="Index">From 0.</param>
internal sealed record ItemError(int Index, string Detail);
