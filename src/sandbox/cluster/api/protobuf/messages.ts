/**
 * The messages that kubectl's own `create` and `auth` commands send: `number:name:type`, where a type is a scalar or a message,
 * `[]` before it a list and `{}` a map of strings; `-` is passed over. Numbers are the protocol's:
 * https://github.com/kubernetes/api/blob/v0.34.4/core/v1/generated.proto and its sisters.
 */
export const MESSAGES: Readonly<Record<string, string>> = {
  Unknown: "1:typeMeta:TypeMeta 2:raw:bytes 3:contentEncoding:string 4:contentType:string",
  TypeMeta: "1:apiVersion:string 2:kind:string",
  ObjectMeta:
    "1:name:string 2:generateName:string 3:namespace:string 4:selfLink:- 5:uid:string 6:resourceVersion:string 7:generation:- 8:creationTimestamp:- 11:labels:{}string 12:annotations:{}string 13:ownerReferences:[]OwnerReference 14:finalizers:[]string 17:managedFields:-",
  OwnerReference:
    "5:apiVersion:string 1:kind:string 3:name:string 4:uid:string 6:controller:bool 7:blockOwnerDeletion:bool",
  LabelSelector: "1:matchLabels:{}string 2:matchExpressions:[]LabelSelectorRequirement",
  LabelSelectorRequirement: "1:key:string 2:operator:string 3:values:[]string",
  Quantity: "1:string:string",
  IntOrString: "1:type:int 2:intVal:int 3:strVal:string",
  LocalObjectReference: "1:name:string",

  Namespace: "1:metadata:ObjectMeta 2:spec:- 3:status:-",
  ConfigMap: "1:metadata:ObjectMeta 2:data:{}string 3:binaryData:{}bytes 4:immutable:bool",
  Secret: "1:metadata:ObjectMeta 2:data:{}bytes 3:type:string 4:stringData:{}string 5:immutable:bool",
  ServiceAccount: "1:metadata:ObjectMeta 3:imagePullSecrets:[]LocalObjectReference 4:automountServiceAccountToken:bool",
  Service: "1:metadata:ObjectMeta 2:spec:ServiceSpec 3:status:-",
  ServiceSpec:
    "1:ports:[]ServicePort 2:selector:{}string 3:clusterIP:string 4:type:string 5:externalIPs:[]string 7:sessionAffinity:string 10:externalName:string 12:healthCheckNodePort:int 13:publishNotReadyAddresses:bool",
  ServicePort:
    "1:name:string 2:protocol:string 3:port:int 4:targetPort:IntOrString 5:nodePort:int 6:appProtocol:string",

  Deployment: "1:metadata:ObjectMeta 2:spec:DeploymentSpec 3:status:-",
  DeploymentSpec:
    "1:replicas:int 2:selector:LabelSelector 3:template:PodTemplateSpec 4:strategy:DeploymentStrategy 5:minReadySeconds:int 6:revisionHistoryLimit:int 7:paused:bool 9:progressDeadlineSeconds:int",
  DeploymentStrategy: "1:type:string",
  Job: "1:metadata:ObjectMeta 2:spec:JobSpec 3:status:-",
  JobSpec: "1:parallelism:int 2:completions:int 6:template:PodTemplateSpec 7:backoffLimit:int",
  PodTemplateSpec: "1:metadata:ObjectMeta 2:spec:PodSpec",
  PodSpec:
    "2:containers:[]Container 3:restartPolicy:string 6:dnsPolicy:string 8:serviceAccountName:string 9:serviceAccount:string 10:nodeName:string 11:hostNetwork:bool 12:hostPID:bool 13:hostIPC:bool 15:imagePullSecrets:[]LocalObjectReference 16:hostname:string 17:subdomain:string 19:schedulerName:string 24:priorityClassName:string",
  Container:
    "1:name:string 2:image:string 3:command:[]string 4:args:[]string 5:workingDir:string 6:ports:[]ContainerPort 7:env:[]EnvVar 8:resources:ResourceRequirements 13:terminationMessagePath:string 14:imagePullPolicy:string 16:stdin:bool 17:stdinOnce:bool 18:tty:bool 20:terminationMessagePolicy:string",
  ContainerPort: "1:name:string 2:hostPort:int 3:containerPort:int 4:protocol:string 5:hostIP:string",
  EnvVar: "1:name:string 2:value:string",
  ResourceRequirements: "1:limits:{}Quantity 2:requests:{}Quantity",

  Role: "1:metadata:ObjectMeta 2:rules:[]PolicyRule",
  ClusterRole: "1:metadata:ObjectMeta 2:rules:[]PolicyRule 3:aggregationRule:AggregationRule",
  AggregationRule: "1:clusterRoleSelectors:[]LabelSelector",
  PolicyRule:
    "1:verbs:[]string 2:apiGroups:[]string 3:resources:[]string 4:resourceNames:[]string 5:nonResourceURLs:[]string",
  RoleBinding: "1:metadata:ObjectMeta 2:subjects:[]Subject 3:roleRef:RoleRef",
  ClusterRoleBinding: "1:metadata:ObjectMeta 2:subjects:[]Subject 3:roleRef:RoleRef",
  Subject: "1:kind:string 2:apiGroup:string 3:name:string 4:namespace:string",
  RoleRef: "1:apiGroup:string 2:kind:string 3:name:string",

  SelfSubjectAccessReview: "1:metadata:ObjectMeta 2:spec:SelfSubjectAccessReviewSpec 3:status:-",
  SelfSubjectAccessReviewSpec: "1:resourceAttributes:ResourceAttributes 2:nonResourceAttributes:NonResourceAttributes",
  ResourceAttributes:
    "1:namespace:string 2:verb:string 3:group:string 4:version:string 5:resource:string 6:subresource:string 7:name:string",
  NonResourceAttributes: "1:path:string 2:verb:string",
  SelfSubjectRulesReview: "1:metadata:ObjectMeta 2:spec:SelfSubjectRulesReviewSpec 3:status:-",
  SelfSubjectRulesReviewSpec: "1:namespace:string",
  SelfSubjectReview: "1:metadata:ObjectMeta 2:status:-",
  TokenRequest: "1:metadata:ObjectMeta 2:spec:TokenRequestSpec 3:status:-",
  TokenRequestSpec: "1:audiences:[]string 4:expirationSeconds:int",
};
