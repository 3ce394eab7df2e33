using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms.Operations;

/// <summary>Tells about a key; one that AWS manages is made when its alias is first described.</summary>
/// <remarks>Source: AWS KMS API Reference, DescribeKey.</remarks>
internal static class DescribeKey
{
    /// <exception cref="AwsException">ValidationException, NotFoundException, InvalidArnException.</exception>
    public static KeyMetadataResponse Handle(Monitor<KmsState> keys, KeyRequest request, CallScope scope)
    {
        var keyId = request.Checked();
        return new KeyMetadataResponse(
            KeyMetadata.Of(keys.Ask((state, now) => state.Find(keyId, now)), scope.AccountId));
    }
}
