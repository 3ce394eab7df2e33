using Isobar.Local.Costs;
using Isobar.Local.Deployment;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Kms.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms;

/// <summary>AWS Key Management Service: symmetric encryption keys and their aliases, over its JSON protocol.</summary>
internal sealed class KmsModule : IServiceModule, IEncryptionKeys, IDisposable
{
    private readonly Regional<Monitor<KmsState>> regions;
    private readonly ServiceContext context;

    public KmsModule(ServiceContext context)
    {
        this.context = context;
        regions = new Regional<Monitor<KmsState>>(region => new Monitor<KmsState>(
            "deletion of KMS keys", new KmsState(new KeyPlace(region, context.AccountId), context.Identifiers),
            context.Clock, isPassive: true));
        Providers = [new KmsResources(regions.In, context.Identifiers)];
        var wire = new AwsJsonProtocol(
            "TrentService", "1.1", "com.amazonaws.kms", KmsLimits.MaxRequestBytes, KmsErrors.NotSupported);
        Wire = wire;
        AddKeys(wire, KmsJson.Wire);
        AddNames(wire, KmsJson.Wire);
        AddEncryption(wire, KmsJson.Wire);
    }

    public string SigningName => "kms";

    public string Service => SigningName;

    public IWireProtocol Wire { get; }

    public IReadOnlyList<IResourceProvider> Providers { get; }

    TemplateParts IServiceModule.TemplateParts => KmsTemplateParts.Parts;

    public IEnumerable<Charge> ChargesOf(CallAnswered call) => [new Charge(Meter.KeyRequests, 1)];

    public bool Exists(Arn resource) =>
        regions.Find(resource.Region)?.Ask((state, _) => state.Exists(resource.ToString())) is true;

    public EncryptedBytes Encrypt(
        string keyId, byte[] plaintext, IReadOnlyDictionary<string, string> encryptionContext, CallScope caller)
    {
        var key = Authorize(In(caller).Find(keyId, new KeyUser("Encrypt", null)), "Encrypt", caller);
        return new EncryptedBytes(In(caller).Encrypt(key, plaintext, encryptionContext), key.Arn);
    }

    public byte[] Decrypt(
        byte[] ciphertext, IReadOnlyDictionary<string, string> encryptionContext, CallScope caller)
    {
        var (key, plaintext) = In(caller).Decrypt(
            ciphertext, null, encryptionContext, new KeyUser("Decrypt", null));
        Authorize(key, "Decrypt", caller);
        return plaintext;
    }

    public DataKey GenerateDataKey(
        string keyId, IReadOnlyDictionary<string, string> encryptionContext, CallScope caller)
    {
        var key = Authorize(In(caller).Find(keyId, new KeyUser("GenerateDataKey", null)), "GenerateDataKey", caller);
        var (plaintext, ciphertext) = In(caller).GenerateDataKey(key, KmsLimits.MaterialBytes, encryptionContext);
        return new DataKey(plaintext, new EncryptedBytes(ciphertext, key.Arn));
    }

    public void Dispose() => regions.Dispose();

    /// <summary>
    /// Asks whether the caller of another service may use a customer's own key, and charges him for the use.
    /// </summary>
    private static KmsKey Authorize(KmsKey key, string action, CallScope caller)
    {
        caller.Meter.Add(Meter.KeyRequests, 1);
        if (!key.IsAwsManaged)
            caller.Gate?.Check(new AuthorizationRequest(
                caller.RequestId, caller.Principal, caller.Region, [new ResourceAction($"kms:{action}", key.Arn)]));
        return key;
    }

    private Monitor<KmsState> Keys(CallScope scope) => regions.In(scope.Region);

    private Encryption In(CallScope scope) => new(Keys(scope), context.Identifiers);

    private void AddKeys(AwsJsonProtocol wire, KmsJson json) => wire
        .Add("CreateKey", () => json.CreateKeyRequest, () => json.KeyMetadataResponse,
            (request, scope) => new(CreateKey.Handle(Keys(scope), request, scope, context.Identifiers)))
        .Add("DescribeKey", () => json.KeyRequest, () => json.KeyMetadataResponse,
            (request, scope) => new(DescribeKey.Handle(Keys(scope), request, scope)),
            (request, scope) => On("DescribeKey", request.KeyId, scope))
        .Add("ListKeys", () => json.ListKeysRequest, () => json.ListKeysResponse,
            (request, scope) => new(Lists.Keys(Keys(scope), request)))
        .Add("EnableKey", () => json.KeyRequest, () => json.EmptyResponse,
            (request, scope) => new(KeyChanges.Enable(Keys(scope), request, scope)),
            (request, scope) => On("EnableKey", request.KeyId, scope))
        .Add("DisableKey", () => json.KeyRequest, () => json.EmptyResponse,
            (request, scope) => new(KeyChanges.Disable(Keys(scope), request, scope)),
            (request, scope) => On("DisableKey", request.KeyId, scope))
        .Add("UpdateKeyDescription", () => json.UpdateKeyDescriptionRequest, () => json.EmptyResponse,
            (request, scope) => new(KeyChanges.Describe(Keys(scope), request, scope)),
            (request, scope) => On("UpdateKeyDescription", request.KeyId, scope))
        .Add("ScheduleKeyDeletion", () => json.ScheduleKeyDeletionRequest, () => json.ScheduleKeyDeletionResponse,
            (request, scope) => new(KeyDeletion.Schedule(Keys(scope), request, scope)),
            (request, scope) => On("ScheduleKeyDeletion", request.KeyId, scope))
        .Add("CancelKeyDeletion", () => json.KeyRequest, () => json.CancelKeyDeletionResponse,
            (request, scope) => new(KeyDeletion.Cancel(Keys(scope), request, scope)),
            (request, scope) => On("CancelKeyDeletion", request.KeyId, scope));

    private void AddNames(AwsJsonProtocol wire, KmsJson json) => wire
        .Add("CreateAlias", () => json.AliasRequest, () => json.EmptyResponse,
            (request, scope) => new(Aliases.Create(Keys(scope), request, scope.Principal.Name)),
            (request, scope) => OnAlias("CreateAlias", request.AliasName, request.TargetKeyId, scope))
        .Add("UpdateAlias", () => json.AliasRequest, () => json.EmptyResponse,
            (request, scope) => new(Aliases.Update(Keys(scope), request, scope.Principal.Name)),
            (request, scope) => OnAlias("UpdateAlias", request.AliasName, request.TargetKeyId, scope))
        .Add("DeleteAlias", () => json.DeleteAliasRequest, () => json.EmptyResponse,
            (request, scope) => new(Aliases.Delete(Keys(scope), request)),
            (request, scope) => OnAlias("DeleteAlias", request.AliasName, request.AliasName, scope))
        .Add("ListAliases", () => json.ListAliasesRequest, () => json.ListAliasesResponse,
            (request, scope) => new(Lists.Aliases(Keys(scope), request)))
        .Add("TagResource", () => json.TagResourceRequest, () => json.EmptyResponse,
            (request, scope) => new(Tags.Add(Keys(scope), request, scope.Principal.Name)),
            (request, scope) => On("TagResource", request.KeyId, scope))
        .Add("UntagResource", () => json.UntagResourceRequest, () => json.EmptyResponse,
            (request, scope) => new(Tags.Remove(Keys(scope), request, scope.Principal.Name)),
            (request, scope) => On("UntagResource", request.KeyId, scope))
        .Add("ListResourceTags", () => json.ListResourceTagsRequest, () => json.ListResourceTagsResponse,
            (request, scope) => new(Tags.List(Keys(scope), request)),
            (request, scope) => On("ListResourceTags", request.KeyId, scope))
        .Add("PutKeyPolicy", () => json.PutKeyPolicyRequest, () => json.EmptyResponse,
            (request, scope) => new(KeyPolicies.Put(Keys(scope), request, scope.Principal.Name)),
            (request, scope) => On("PutKeyPolicy", request.KeyId, scope))
        .Add("GetKeyPolicy", () => json.GetKeyPolicyRequest, () => json.GetKeyPolicyResponse,
            (request, scope) => new(KeyPolicies.Get(Keys(scope), request)),
            (request, scope) => On("GetKeyPolicy", request.KeyId, scope))
        .Add("ListKeyPolicies", () => json.ListKeyPoliciesRequest, () => json.ListKeyPoliciesResponse,
            (request, scope) => new(KeyPolicies.List(Keys(scope), request)),
            (request, scope) => On("ListKeyPolicies", request.KeyId, scope));

    private void AddEncryption(AwsJsonProtocol wire, KmsJson json) => wire
        .Add("Encrypt", () => json.EncryptRequest, () => json.EncryptResponse,
            (request, scope) => new(Operations.Encrypt.Handle(In(scope), request, scope.Principal.Name)),
            (request, scope) => On("Encrypt", request.KeyId, scope))
        .Add("Decrypt", () => json.DecryptRequest, () => json.DecryptResponse,
            (request, scope) => new(Operations.Decrypt.Handle(In(scope), request, scope.Principal.Name)),
            (request, scope) => On("Decrypt", request.KeyId ?? KeyOf(request.CiphertextBlob), scope))
        .Add("ReEncrypt", () => json.ReEncryptRequest, () => json.ReEncryptResponse,
            (request, scope) => new(ReEncrypt.Handle(In(scope), request, scope.Principal.Name)),
            (request, scope) =>
            [
                .. On("ReEncryptFrom", request.SourceKeyId ?? KeyOf(request.CiphertextBlob), scope),
                .. On("ReEncryptTo", request.DestinationKeyId, scope),
            ])
        .Add("GenerateDataKey", () => json.GenerateDataKeyRequest, () => json.GenerateDataKeyResponse,
            (request, scope) => new(
                Operations.GenerateDataKey.Handle(In(scope), request, scope.Principal.Name)),
            (request, scope) => On("GenerateDataKey", request.KeyId, scope))
        .Add("GenerateDataKeyWithoutPlaintext", () => json.GenerateDataKeyRequest,
            () => json.GenerateDataKeyWithoutPlaintextResponse,
            (request, scope) => new(
                Operations.GenerateDataKey.HandleWithoutPlaintext(In(scope), request, scope.Principal.Name)),
            (request, scope) => On("GenerateDataKeyWithoutPlaintext", request.KeyId, scope));

    private static string? KeyOf(byte[]? ciphertext) =>
        ciphertext is null ? null : CiphertextBlob.TryParse(ciphertext)?.KeyId.ToString();

    /// <summary>An action on the key that a KeyId names; none when there is no such key.</summary>
    private IEnumerable<ResourceAction> On(string action, string? keyId, CallScope scope) =>
        string.IsNullOrEmpty(keyId) || Keys(scope).Ask((state, _) => state.ArnOf(keyId)) is not { } arn
            ? []
            : [scope.On(action, arn)];

    /// <summary>An action on an alias and on its key.</summary>
    private IEnumerable<ResourceAction> OnAlias(string action, string? alias, string? keyId, CallScope scope) =>
        string.IsNullOrEmpty(alias) ? [] : [scope.On(action, alias), .. On(action, keyId, scope)];
}
