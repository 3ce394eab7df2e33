using System.Net;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Isobar.Imports;
using Isobar.Jobs;

namespace Isobar.Api;

/// <summary>One import. The id is given out before its event has reached anybody: until then there is none.</summary>
public sealed class GetImportRoute(IImports imports, Answers answers)
{
    /// <summary>When to ask again for an import that may have been accepted a moment ago.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [LambdaFunction]
    [RestApi(LambdaHttpMethod.Get, "/imports/{id}")]
    public async Task<APIGatewayProxyResponse> GetImport(
        string id, APIGatewayProxyRequest request, ILambdaContext context)
    {
        using var deadline = Deadline.Before(context.RemainingTime, Margins.Answer);
        if (!Guid.TryParseExact(id, "D", out _))
            return answers.Problem(request, HttpStatusCode.NotFound, "There is no such import.");
        return await imports.FindAsync(id, deadline.Token) is { } import
            ? answers.Of(HttpStatusCode.OK, ImportBody.Of(import), BodiesJson.Default.ImportBody)
            : answers.Problem(
                request, HttpStatusCode.NotFound, "There is no such import, or it is not taken up yet.", Moment);
    }
}
