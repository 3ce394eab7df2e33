using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Isobar.Tidy.Tests.StandIns;

/// <summary>
/// The types and members of an assembly that code outside it can use, as lines, read from its metadata: nothing it
/// refers to has to be there.
/// </summary>
internal static class Surface
{
    public static IReadOnlyList<string> Read(byte[] assembly)
    {
        using var image = new PEReader(new MemoryStream(assembly));
        var metadata = image.GetMetadataReader();
        return metadata.TypeDefinitions
            .Select(metadata.GetTypeDefinition)
            .Where(type => IsVisible(metadata, type))
            .OrderBy(type => TypeNames.Full(metadata, type), StringComparer.Ordinal)
            .SelectMany(type => Members(metadata, type).Prepend(TypeNames.Full(metadata, type)))
            .ToList();
    }

    private static bool IsVisible(MetadataReader metadata, TypeDefinition type)
    {
        var visibility = type.Attributes & TypeAttributes.VisibilityMask;
        return visibility == TypeAttributes.Public
            || (visibility is TypeAttributes.NestedPublic or TypeAttributes.NestedFamily
                && IsVisible(metadata, metadata.GetTypeDefinition(type.GetDeclaringType())));
    }

    private static IEnumerable<string> Members(MetadataReader metadata, TypeDefinition type)
    {
        var names = new TypeNames(metadata, type);
        var methods = type.GetMethods()
            .Select(metadata.GetMethodDefinition)
            .Where(m => IsVisible(m.Attributes) && !IsAccessor(metadata, m))
            .Select(m => Method(metadata, names, m));
        var properties = type.GetProperties()
            .Select(metadata.GetPropertyDefinition)
            .Select(p => Property(metadata, names, p));
        var fields = type.GetFields()
            .Select(metadata.GetFieldDefinition)
            .Where(f => (f.Attributes & FieldAttributes.FieldAccessMask) == FieldAttributes.Public
                && (f.Attributes & FieldAttributes.SpecialName) == 0)
            .Select(f => $"  {metadata.GetString(f.Name)}");
        return methods.Concat(properties).OfType<string>().Order(StringComparer.Ordinal).Concat(fields);
    }

    private static string Method(MetadataReader metadata, TypeNames names, MethodDefinition method)
    {
        var generic = new TypeNames(metadata, names, method);
        var signature = method.DecodeSignature(generic, null);
        var parameters = method.GetParameters()
            .Select(metadata.GetParameter)
            .Where(p => p.SequenceNumber > 0)
            .OrderBy(p => p.SequenceNumber)
            .Zip(signature.ParameterTypes, (p, t) => $"{t} {metadata.GetString(p.Name)}{Default(p)}");
        var name = metadata.GetString(method.Name);
        var prefix = method.Attributes.HasFlag(MethodAttributes.Static) ? "static " : "";
        return name == ".ctor"
            ? $"  new({string.Join(", ", parameters)})"
            : $"  {prefix}{signature.ReturnType} {name}{generic.OwnParameters}({string.Join(", ", parameters)})";
    }

    private static string? Property(MetadataReader metadata, TypeNames names, PropertyDefinition property)
    {
        var accessors = property.GetAccessors();
        var get = Attributes(metadata, accessors.Getter);
        var set = Attributes(metadata, accessors.Setter);
        if (!IsVisible(get) && !IsVisible(set))
        {
            return null;
        }

        var type = property.DecodeSignature(names, null).ReturnType;
        var prefix = (get | set).HasFlag(MethodAttributes.Static) ? "static " : "";
        var body = (IsVisible(get) ? " get;" : "") + (IsVisible(set) ? " set;" : "");
        return $"  {prefix}{type} {metadata.GetString(property.Name)} {{{body} }}";
    }

    private static string Default(Parameter parameter) =>
        parameter.Attributes.HasFlag(ParameterAttributes.HasDefault) ? " = default" : "";

    private static bool IsVisible(MethodAttributes attributes) => (attributes & MethodAttributes.MemberAccessMask)
        is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsAccessor(MetadataReader metadata, MethodDefinition method) =>
        method.Attributes.HasFlag(MethodAttributes.SpecialName) && metadata.GetString(method.Name) != ".ctor";

    private static MethodAttributes Attributes(MetadataReader metadata, MethodDefinitionHandle accessor) =>
        accessor.IsNil ? default : metadata.GetMethodDefinition(accessor).Attributes;
}
