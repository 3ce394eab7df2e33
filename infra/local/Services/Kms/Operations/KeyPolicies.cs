using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms.Operations;

/// <param name="PolicyName">A key has one policy, <c>default</c>.</param>
internal sealed record PutKeyPolicyRequest(string? KeyId, string? PolicyName, string? Policy);

internal sealed record GetKeyPolicyRequest(string? KeyId, string? PolicyName);

internal sealed record GetKeyPolicyResponse(string Policy, string PolicyName);

internal sealed record ListKeyPoliciesRequest(string? KeyId, int? Limit, string? Marker);

internal sealed record ListKeyPoliciesResponse(string[] PolicyNames, bool Truncated);

/// <summary>The policy of a key.</summary>
/// <remarks>Source: AWS KMS API Reference, PutKeyPolicy, GetKeyPolicy and ListKeyPolicies.</remarks>
internal static class KeyPolicies
{
    private const string Default = "default";

    /// <exception cref="AwsException">ValidationException, NotFoundException, InvalidArnException,
    /// AccessDeniedException, MalformedPolicyDocumentException, LimitExceededException, KMSInvalidStateException.
    /// </exception>
    public static EmptyResponse Put(Monitor<KmsState> keys, PutKeyPolicyRequest request, string principal)
    {
        new ModelConstraints()
            .KeyId("keyId", request.KeyId)
            .Required("policy", request.Policy)
            .Length("policy", request.Policy, 1, KmsLimits.MaxPolicyCharacters)
            .ThrowIfAny();
        CheckName(request.PolicyName);
        Check(request.Policy!);
        keys.Post((state, _) => state.Replace(
            state.ChangeableNow(request.KeyId!, "PutKeyPolicy", principal) with { Policy = request.Policy! }));
        return new EmptyResponse();
    }

    /// <exception cref="AwsException">ValidationException, NotFoundException, InvalidArnException.</exception>
    public static GetKeyPolicyResponse Get(Monitor<KmsState> keys, GetKeyPolicyRequest request)
    {
        new ModelConstraints().KeyId("keyId", request.KeyId).ThrowIfAny();
        CheckName(request.PolicyName);
        return new GetKeyPolicyResponse(
            keys.Ask((state, _) => state.FindKey(request.KeyId!).Policy), Default);
    }

    /// <exception cref="AwsException">ValidationException, NotFoundException, InvalidArnException.</exception>
    public static ListKeyPoliciesResponse List(Monitor<KmsState> keys, ListKeyPoliciesRequest request)
    {
        new ModelConstraints()
            .KeyId("keyId", request.KeyId).Range("limit", request.Limit, 1, KmsLimits.MaxPageSize).ThrowIfAny();
        // There is one page only, so no marker was ever given out.
        if (request.Marker is not null) throw KmsErrors.InvalidMarker();
        keys.Ask((state, _) => state.FindKey(request.KeyId!));
        return new ListKeyPoliciesResponse([Default], false);
    }

    /// <exception cref="AwsException">MalformedPolicyDocumentException, LimitExceededException.</exception>
    public static void Check(string policy)
    {
        if (Encoding.UTF8.GetByteCount(policy) > KmsLimits.MaxPolicyBytes)
            throw KmsErrors.LimitExceeded($"{KmsLimits.MaxPolicyBytes} bytes of a key policy");
        try
        {
            if (JsonNode.Parse(policy) is not JsonObject document || document["Statement"] is null)
                throw KmsErrors.MalformedPolicy("it must be a JSON object with a Statement.");
        }
        catch (JsonException)
        {
            throw KmsErrors.MalformedPolicy("it must be JSON.");
        }
    }

    private static void CheckName(string? name)
    {
        if (name is not (null or Default)) throw KmsErrors.NoSuchPolicy();
    }
}
