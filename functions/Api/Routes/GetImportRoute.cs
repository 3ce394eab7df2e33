using System.Net;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Isobar.Functions;
using Isobar.Imports;

namespace Isobar.Api;

/// <summary>Returns one import.</summary>
public sealed class GetImportRoute(IImportReader imports, Responses responses)
{
    // The gateway returns the id before Import runs, so a client may ask before the import is in the table.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    [LambdaFunction]
    [RestApi(LambdaHttpMethod.Get, "/imports/{id}")]
    public async Task<APIGatewayProxyResponse> GetImport(
        string id, APIGatewayProxyRequest request, ILambdaContext context)
    {
        using var deadline = Deadline.Before(context.RemainingTime);
        if (!IsImportId(id))
            return responses.Problem(request, HttpStatusCode.NotFound, "There is no such import.");
        return await imports.FindAsync(id, deadline.Token) is { } import
            ? responses.Of(HttpStatusCode.OK, ImportBody.Of(import), BodiesJson.Default.ImportBody)
            : responses.Problem(
                request, HttpStatusCode.NotFound, "There is no such import, or it has not started yet.", RetryAfter);
    }

    /// <summary>The gateway's extended request id, which callers can't choose: 16 characters of base64url.</summary>
    private static bool IsImportId(string id) =>
        id.Length is >= 16 and <= 128 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '=');
}
