export { keepStateDays, type StateHome, type StateHomeArgs } from "./state-home";
export { isStateHomeName, stateContainer, stateHomeName, stateKey, stateNames, type StateNames } from "./state-names";
