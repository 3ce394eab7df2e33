using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms.Operations;

/// <param name="CustomerMasterKeySpec">The older name of <paramref name="KeySpec"/>.</param>
internal sealed record CreateKeyRequest(
    string? Policy, string? Description, string? KeyUsage, string? CustomerMasterKeySpec, string? KeySpec,
    string? Origin, Tag[]? Tags, bool? MultiRegion);

/// <summary>Creates a symmetric encryption key; other kinds of keys are refused.</summary>
/// <remarks>Source: AWS KMS API Reference, CreateKey.</remarks>
internal static class CreateKey
{
    /// <exception cref="AwsException">ValidationException, UnsupportedOperationException, TagException,
    /// MalformedPolicyDocumentException, LimitExceededException.</exception>
    public static KeyMetadataResponse Handle(
        Monitor<KmsState> keys, CreateKeyRequest request, CallScope scope, Identifiers identifiers)
    {
        new ModelConstraints()
            .Length("policy", request.Policy, 1, KmsLimits.MaxPolicyCharacters)
            .Length("description", request.Description, 0, KmsLimits.MaxDescriptionCharacters)
            .OneOf("keyUsage", request.KeyUsage, KeySpecs.Usages)
            .OneOf("customerMasterKeySpec", request.CustomerMasterKeySpec, KeySpecs.All)
            .OneOf("keySpec", request.KeySpec, KeySpecs.All)
            .OneOf("origin", request.Origin, KeySpecs.Origins)
            .ThrowIfAny();
        CheckKind(request);
        var tags = Tag.Checked(request.Tags ?? []);
        if (request.Policy is not null) KeyPolicies.Check(request.Policy);
        var place = new KeyPlace(scope.Region, scope.AccountId);
        var created = keys.Ask((state, now) =>
        {
            var key = KeyMaker.New(place, identifiers, now);
            return state.Add(key with
            {
                Description = request.Description ?? "",
                Policy = request.Policy ?? key.Policy,
                Tags = key.Tags.SetItems(tags),
            });
        });
        return new KeyMetadataResponse(KeyMetadata.Of(created, scope.AccountId));
    }

    private static void CheckKind(CreateKeyRequest request)
    {
        var spec = request.KeySpec ?? request.CustomerMasterKeySpec ?? KeySpecs.Symmetric;
        if (spec != KeySpecs.Symmetric)
            throw request.KeyUsage is null
                ? KmsErrors.KeyUsageRequired()
                : KmsErrors.NotSupported($"The key spec {spec} is not supported.");
        if (request.KeyUsage is not (null or KeySpecs.EncryptDecrypt))
            throw KmsErrors.IncompatibleUsage(request.KeyUsage);
        if (request.Origin is not (null or KeySpecs.AwsKms))
            throw KmsErrors.NotSupported($"The origin {request.Origin} is not supported.");
        if (request.MultiRegion is true) throw KmsErrors.NotSupported("Multi-Region keys are not supported.");
    }
}
