using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Isobar.Tidy.Tests.StandIns;

/// <summary>Names of types as C# writes them, without namespaces: enough to tell one surface from another.</summary>
internal sealed class TypeNames : ISignatureTypeProvider<string, object?>
{
    private readonly MetadataReader metadata;
    private readonly IReadOnlyList<string> typeParameters;
    private readonly IReadOnlyList<string> methodParameters;

    public TypeNames(MetadataReader metadata, TypeDefinition type)
    {
        this.metadata = metadata;
        typeParameters = Parameters(metadata, type.GetGenericParameters());
        methodParameters = [];
    }

    public TypeNames(MetadataReader metadata, TypeNames type, MethodDefinition method)
    {
        this.metadata = metadata;
        typeParameters = type.typeParameters;
        methodParameters = Parameters(metadata, method.GetGenericParameters());
    }

    /// <summary>The method's own type parameters, as in &lt;T&gt;; empty when it has none.</summary>
    public string OwnParameters => Arguments(methodParameters);

    /// <summary>Namespace, enclosing types, name and type parameters.</summary>
    public static string Full(MetadataReader metadata, TypeDefinition type)
    {
        var name = Plain(metadata.GetString(type.Name)) + Arguments(Parameters(metadata, type.GetGenericParameters()));
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{Full(metadata, metadata.GetTypeDefinition(outer))}.{name}"
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.Void => "void",
        PrimitiveTypeCode.Boolean => "bool",
        PrimitiveTypeCode.Byte => "byte",
        PrimitiveTypeCode.Double => "double",
        PrimitiveTypeCode.Int32 => "int",
        PrimitiveTypeCode.Int64 => "long",
        PrimitiveTypeCode.Object => "object",
        PrimitiveTypeCode.String => "string",
        _ => typeCode.ToString(),
    };

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = Plain(reader.GetString(type.Name));
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{GetTypeFromDefinition(reader, outer, rawTypeKind)}.{name}"
            : name;
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        var name = Plain(reader.GetString(type.Name));
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, rawTypeKind)}.{name}"
            : name;
    }

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
        genericType == "Nullable" ? $"{typeArguments[0]}?" : genericType + Arguments(typeArguments);

    public string GetGenericTypeParameter(object? genericContext, int index) => typeParameters[index];

    public string GetGenericMethodParameter(object? genericContext, int index) => methodParameters[index];

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetByReferenceType(string elementType) => $"ref {elementType}";

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetArrayType(string elementType, ArrayShape shape) => throw Unexpected();

    public string GetPointerType(string elementType) => throw Unexpected();

    public string GetPinnedType(string elementType) => throw Unexpected();

    public string GetFunctionPointerType(MethodSignature<string> signature) => throw Unexpected();

    private static NotSupportedException Unexpected() => new("No stand-in has pointers or arrays of more dimensions.");

    private static string Plain(string name) => name.Split('`')[0];

    private static string Arguments(IReadOnlyCollection<string> names) =>
        names.Count == 0 ? "" : $"<{string.Join(", ", names)}>";

    private static List<string> Parameters(MetadataReader metadata, GenericParameterHandleCollection parameters) =>
        parameters.Select(p => metadata.GetString(metadata.GetGenericParameter(p).Name)).ToList();
}
