using System.Globalization;
using System.Xml.Linq;
using Isobar.Local.Costs;
using Isobar.Local.Edge.Invalidations;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Edge.Api.Operations;

/// <summary>Makes the cache forget paths.</summary>
/// <remarks>Source: Amazon CloudFront API Reference, CreateInvalidation and InvalidationBatch.</remarks>
internal sealed class CreateInvalidation(CloudFrontApi api, Identifiers identifiers)
{
    private const int IdBytes = 7;
    private const int IdCharacters = 13;

    /// <exception cref="AwsException">MissingBody, MalformedXML, InconsistentQuantities, InvalidArgument,
    /// BatchTooLarge, NoSuchDistribution, TooManyInvalidationsInProgress, InvalidationBatchAlreadyExists.</exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        var (reference, paths) = Read(await CloudFrontXml.ReadAsync(request.Http, "InvalidationBatch"));
        var distribution = api.Find(request.Label);
        var id = "I" + identifiers.NewHex(IdBytes)[..IdCharacters].ToUpperInvariant();
        var (result, found) = distribution.Invalidate(id, reference, paths);
        switch (result)
        {
            case InvalidationResult.AlreadyExists:
                throw CloudFrontErrors.InvalidationBatchAlreadyExists();
            case InvalidationResult.TooManyInProgress:
                throw CloudFrontErrors.TooManyInvalidationsInProgress();
            case InvalidationResult.Created:
                request.Scope.Meter.Add(Meter.InvalidationPaths, paths.Count);
                break;
        }

        var http = request.Http;
        http.Response.Headers.Location = $"{request.Scope.Origin}{http.Request.Path}/{found!.Id}";
        var now = distribution.Invalidations.Ask((_, now) => now);
        await request.AnswerAsync(
            StatusCodes.Status201Created, "Invalidation", xml => InvalidationXml.Write(xml, found, now));
    }

    private static (string Reference, IReadOnlyList<string> Paths) Read(XElement batch)
    {
        batch.Only("Paths", "CallerReference");
        var reference = batch.Required("CallerReference").Value;
        if (reference.Length == 0) throw CloudFrontErrors.InvalidArgument("The parameter CallerReference is required.");
        var paths = batch.Required("Paths").Only("Quantity", "Items");
        var items = paths.Element("Items")?.Elements().ToArray() ?? [];
        if (!int.TryParse(paths.Required("Quantity").Value, CultureInfo.InvariantCulture, out var quantity)
            || items.Any(item => item.Name.LocalName != "Path"))
            throw CloudFrontErrors.MalformedXml();
        if (quantity != items.Length) throw CloudFrontErrors.InconsistentQuantities();
        if (items.Length > EdgeLimits.MaxInvalidationPaths) throw CloudFrontErrors.BatchTooLarge();
        string[] texts = [.. items.Select(item => item.Value)];
        return texts.Length > 0 && texts.All(InvalidationPath.IsValid)
            ? (reference, texts)
            : throw CloudFrontErrors.InvalidPaths();
    }
}
