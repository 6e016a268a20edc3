using System.Reflection;
using System.Runtime.CompilerServices;

namespace AIaaS.Local.Tests.Signatures;

/// <summary>What an assembly shows to others: public types, and their public and protected members.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<TypeSignature> Of(Assembly assembly) => [.. assembly.GetExportedTypes().Select(Of)];

    public static TypeSignature Of(Type type)
    {
        var isDelegate = typeof(Delegate).IsAssignableFrom(type);
        return new TypeSignature(
            TypeNames.Of(type),
            type switch { { IsEnum: true } => "enum", { IsInterface: true } => "interface", { IsValueType: true } => "struct", _ when isDelegate => "delegate", _ => "class" },
            Modifiers(type, isDelegate),
            [.. Bases(type)],
            [.. type.IsEnum ? Values(type) : Members(type).Concat(Fields(type))],
            type.GetCustomAttribute<AttributeUsageAttribute>(inherit: false) is { } usage ? $"{usage.ValidOn}; AllowMultiple={usage.AllowMultiple}" : null,
            IsCondensed: false);
    }

    private static string Modifiers(Type type, bool isDelegate) => type switch
    {
        _ when type.IsInterface || type.IsValueType || isDelegate => "",
        { IsAbstract: true, IsSealed: true } => "static",
        { IsAbstract: true } => "abstract",
        { IsSealed: true } => "sealed",
        _ => "",
    };

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum)
            return [];
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var own = type.GetInterfaces().Except(inherited).Where(contract => contract.IsVisible);
        return type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? own.Prepend(parent).Select(TypeNames.Of) : own.Select(TypeNames.Of);
    }

    private static IEnumerable<MemberSignature> Values(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => new MemberSignature("", "value", Convert.ToInt64(field.GetRawConstantValue()).ToString(), field.Name));

    private static IEnumerable<MemberSignature> Fields(Type type) =>
        type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
            .Select(field => new MemberSignature(field.IsLiteral ? "const" : field.IsStatic ? "static" : "", "field", TypeNames.Of(field.FieldType), field.Name));

    private static IEnumerable<MemberSignature> Members(Type type)
    {
        foreach (var constructor in type.GetConstructors(Declared).Where(IsVisible))
            yield return new(constructor.IsPublic ? "" : "protected", "constructor", "", ".ctor", Parameters(constructor));
        foreach (var property in type.GetProperties(Declared))
            if (property.GetAccessors(nonPublic: true).Where(IsVisible).ToList() is [var accessor, ..] && !IsOverride(accessor))
                yield return new(Modifiers(accessor), "property", TypeNames.Of(property.PropertyType), property.Name, Accessors: Accessors(property));
        foreach (var handler in type.GetEvents(Declared))
            if (IsVisible(handler.AddMethod!))
                yield return new(Modifiers(handler.AddMethod!), "event", TypeNames.Of(handler.EventHandlerType!), handler.Name);
        foreach (var method in type.GetMethods(Declared))
            if (IsVisible(method) && !IsOverride(method) && !IsAccessor(type, method))
                yield return new(Modifiers(method), "method", TypeNames.Of(method.ReturnType), method.Name + TypeNames.Parameters(method), Parameters(method));
    }

    // An override adds nothing to the surface: whoever declared the member first is checked for it.
    private static bool IsOverride(MethodInfo method) => method.GetBaseDefinition().DeclaringType != method.DeclaringType;

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(Type type, MethodInfo method) =>
        method.IsSpecialName && (type.GetProperties(Declared).Any(property => property.GetAccessors(nonPublic: true).Contains(method))
            || type.GetEvents(Declared).Any(handler => handler.AddMethod == method || handler.RemoveMethod == method));

    private static string Modifiers(MethodInfo method)
    {
        var access = method.IsPublic ? "" : "protected ";
        if (method.IsStatic)
            return access + "static";
        if (method.DeclaringType!.IsInterface)
            return access.Trim();
        return (access + (method.IsAbstract ? "abstract" : method is { IsVirtual: true, IsFinal: false } ? "virtual" : "")).Trim();
    }

    private static string Accessors(PropertyInfo property)
    {
        var get = property.GetMethod is { } getter && IsVisible(getter) ? "get; " : "";
        var set = property.SetMethod is { } setter && IsVisible(setter) ? Setter(property, setter) : "";
        return $"{{ {get}{set}}}";
    }

    private static string Setter(PropertyInfo property, MethodInfo setter)
    {
        var isInit = setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        var isNarrower = !setter.IsPublic && property.GetMethod is { IsPublic: true };
        return $"{(isNarrower ? "protected " : "")}{(isInit ? "init" : "set")}; ";
    }

    private static IReadOnlyList<ParameterSignature> Parameters(MethodBase method)
    {
        var isExtension = method.IsDefined(typeof(ExtensionAttribute), inherit: false);
        return
        [
            .. method.GetParameters().Select((parameter, index) => new ParameterSignature(
                isExtension && index == 0 ? "this" : parameter.IsOut ? "out" : parameter.ParameterType.IsByRef ? "ref" : parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false) ? "params" : "",
                TypeNames.Of(parameter.ParameterType),
                parameter.Name!,
                parameter.HasDefaultValue ? Default(parameter) : null)),
        ];
    }

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => "default",
        bool flag => flag ? "true" : "false",
        var value when parameter.ParameterType.IsEnum => Enum.GetName(parameter.ParameterType, value) ?? value.ToString()!,
        var value => value.ToString()!,
    };
}
